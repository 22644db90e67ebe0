/* What must not stand in the book, because it tells who a person is: names, telephone and identity numbers, plates of
   cars, addresses of mail, and in a code the name of a shop. Errs on the side of refusing a code, since another one is always
   possible; words of work pass. Knows no page. */
(() => {
  "use strict";
  // The most frequent family names, those that hardly ever begin another word, and those of two signs.
  const FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔汤";
  const RARE = "樊邢齐乔庞颜倪聂翟殷詹耿俞祝舒阮柯裴霍柴鲍祁蒲滕饶牟缪褚娄窦戚岑佟臧闵邬卞栾隋寇甄虞巩佘邝葛康梅凌涂";
  const DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木";
  const GIVEN = "建国华明伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英秀兰红梅玉凤春燕玲珍莉辉鹏飞斌波宁鑫浩宇志文俊峰海龙永福祥贵富荣德胜利东晓小雪婷颖琳欣悦佳怡晨阳博涵轩雨泽思琪彬健凯亮坤庆民成立新义仁振家学忠诚树林山根生才发旺喜宝卫子少长云莲萍淑慧雅洁倩媛蕾薇琴琼瑞晶丹君耀光旭昊翔威毅恒源达康宏万松柏芹芬芝菲莹蓓荷菊艺顺兴良善武雄虎豹奎魁铁钢锋剑锐岩川河江湖";
  const PINYIN = "wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|he|gao|lin|luo|zheng|liang|xie|song|tang|han|feng|deng|cao|peng|zeng|xiao|tian|dong|yuan|pan|jiang|cai|yu|du|ye|cheng|su|wei|lu|ding|ren|shen|yao|cui|zhong|tan|fan|jin|liao|jia|xia|fu|fang|zou|xiong|qin|qiu|yin|xue";
  const HAN = "[\\u3400-\\u9fff]", SINGLE = "[" + FAMILY + RARE + "]", ONE = "(?:" + DOUBLE + "|" + SINGLE + ")", NAMED = "[" + GIVEN + "]";
  const SYLLABLE = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v)";
  // Words that begin with a family name or hold one, and are none.
  const WORDS = new RegExp([
    "对方|双方|[甲乙丙地官多单我贵厂三]方|任何|由于|对于|关于|于是|等于|属于|位于|[本上下每这半一]周|周[一二三四五六日天末边期转围内前后会报初中年]|方[案便式法向面块形]|江[东西南北苏]|山东|广东|黄[山河金油色铜页]|白[金色天纸油单班条板]|高[速新端温压低度级粘清标价配频峰铁铬管层效铝]|金[额卡属融杯龙]|石[油化墨棉]|马[路上达力桶]|[万千百][元台达用向能一块公多]|余[下款额量油地]|其余|多余|剩余|[新前上担责信]任|任[务意期职选]|[工流课行路远里过日]程|程[序度]|顾[客问虑]|[付交]付|付[款清费现完过讫给全]|[应预代支垫]付|何[时地处种人]|如何|毛[巾利重刷病坯边]|范[围本例]|夏[季天装令用]|龙头|龙门|雷达|陶瓷|段落|[阶地路时片工]段|[手佩穿]戴|戴[手安好]|孔[径位板]|严[格重禁]|武汉|钱[款包数到]|[零付价赚还收退余货押本]钱|[没有]钱|钱[少多]|忠诚|许[可多诺]|[允准也或]许|谢[谢绝]|[感答]谢|郑[重州]|林[业区场]|罗列|田[间地]|沈阳|唐山|苏州|历史|史[上料]|熊猫|钟[头点表]|[分时秒一二两三半]钟|丁[字基苯]|叶[片轮子]|莫[非要]|秦皇|夏利|曾经|未曾|唐突|宋体|胡乱|朱红|杜绝|董事|徐徐|陆[续地运]|大陆|石[子料头家灰]|蒋家|孟家|健康|康明斯|梅[花雨]|齐[全了备套]|整齐|凑齐|补齐|备齐|[到配对看排]齐|祝[贺福]|凌晨|涂[料层抹油]|柴[油机]|舒适|颜色|严冬|白送|高新|王[牌者]|李子|[在处]于|万[个份升吨里]|[货油]款|文[件档本字]|万里|金刚|高[架空]|林肯|龙工|江[淮铃海]"
  ].join("|"), "g");
  // After it a name may stand: nothing of the same word, or who something is said to or done for.
  const TO = "跟和给找请约问让叫向对替带陪帮由与同见送回催等接看谢邀访话诉知系应把被";
  const BEFORE = "(?:^|[^\\u3400-\\u9fff]|[" + TO + "])", AFTER = "(?=$|[^\\u3400-\\u9fff]|[的说要看签发谈约见那这对问回打送换退吃喝来去过拿取开结带讲提催报确试用加在到办汇安介定付收还先再也本和跟与家店处同两一已再补查量拍复寄样电微货车油款价单合])";
  const LONG_TITLES = "先生|女士|小姐|太太|师傅|师父|老板娘?|老总|总经理|总监|经理|董事长|主任|厂长|队长|站长|店长|科长|处长|局长|司机|老师|会计(?!划)|大哥|大姐";
  const TITLED = new RegExp(ONE + "(?:" + LONG_TITLES + "|总(?![部价额量共数计体是会有结线站之的成算]))|" + ONE + NAMED + "{1,2}(?:" + LONG_TITLES + "|总(?![部价额量共数计体]))|"
    + BEFORE + ONE + "(?:" + HAN + "{0,2}(?:先生|女士|小姐|太太|师傅|师父)|[哥姐叔婶姨嫂爷伯工董](?![程作艺具厂地会资事]))");
  const FAMILIAR = new RegExp("[老阿]" + ONE + "(?!桥)|" + BEFORE + "小" + ONE + AFTER + "|" + BEFORE + "大" + ONE + "(?:$|[^\\u3400-\\u9fff]|[的说要家那他])");
  // A whole name: with two signs that names are made of, or one and what follows upon a name, or any after who it is said to.
  const FULL = new RegExp(ONE + NAMED + "{2}(?![店站路厂])|" + BEFORE + ONE + NAMED + AFTER + "|[" + TO + "]" + ONE + HAN + "{2}(?=回|打|要|说|签|看|送|报|涨|确|谈|约|的?(?:电话|微信|样|货|款|车|报价|活|事)|$|[^\\u3400-\\u9fff])|(?:^|[" + TO + "])(?:" + DOUBLE + ")" + HAN + "{1,2}" + AFTER);
  const WHOLE = new RegExp("^(?:" + SINGLE + HAN + "{1,2}|(?:" + DOUBLE + ")" + HAN + "{1,2})$");
  const CALLED = new RegExp("^" + SINGLE + "$|^" + SINGLE + NAMED + "|" + HAN + "{2}" + SINGLE + "$|^[阿老小]" + HAN + "$|" + SINGLE + "[哥姐叔婶姨嫂爷伯]$");
  const TITLE = /\b(?:mr|mrs|ms|miss|dr)\b\.?\s+[a-z]{2,}/i;
  const CAPITALS = /^[A-Z][a-z]+(?:[\s·-]+[A-Z][a-z]+){1,3}$/;
  const SPELLED = new RegExp("^(?:" + PINYIN + ")[\\s_-]?" + SYLLABLE + "[\\s_-]?(?:" + SYLLABLE + ")?$", "i");
  const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]\s*[A-Z]\s*[·•.\-]?\s*(?:(?=[A-Z]*\d)[A-Z0-9]{5,6}|(?=[A-Z]*\d)[A-Z0-9]{4}[挂学警港澳领使])(?![A-Z0-9])/i;
  const MAIL = /[^\s@]+@[^\s@]+\.[a-z]{2,}/i;
  const SHORT_NUMBER = /(?:电话|手机|座机|微信|号码|拨|打)号?[^\d\u3400-\u9fff]{0,3}[2-9]\d{2,3}[\s-]?\d{4}(?!\d)/;
  // Of a code: where something stands, what is counted, and what a shop or a firm is called.
  const PLACE = /[州县镇乡市区路街道店厂站港屿桥门湾岛城场园院库队线组卡级类户号村庄屯寨坝坡沟口岸]$/;
  const COUNTED = /客户|顾客|门店|车队|分店|总店|仓库|单位|片区|重点|一般|[金银铜铁]卡|[第]?[一二三四五六七八九十甲乙丙丁戊己庚辛]+[号组级类店队库站区线片]?/g;
  const TRADE = /轮胎|物流|汽[修配车服]|修[理配车]|快修|保养|养护|商[贸行店城]|贸易|公司|集团|运输|货运|快[运递]|配件|机油|润滑|超市|加油|批发|经销|工程|建材|矿|厂家|个体|夫妻|专卖|旗舰|中心|服务|记|兄弟|家的/;
  const MOST = 4; // signs of a place in a code

  /** Why a text in words is not kept: "mail", "number", "plate" or "name"; "" if it may be.
      @param {string} text @returns {string} */
  function inWords(text) {
    const plain = text.normalize("NFKC"), rest = plain.replace(WORDS, "-");
    return MAIL.test(plain) ? "mail" : baodian.personal(plain) || SHORT_NUMBER.test(plain) ? "number" : PLATE.test(plain) ? "plate"
      : TITLED.test(rest) || FAMILIAR.test(rest) || FULL.test(rest) || TITLE.test(plain) ? "name" : "";
  }

  /** The same of a code: there a bare name is told by itself, seven or eight digits are a telephone's, and of Chinese only a
      place or a count may stand; "shop" for what a shop or a firm is called.
      @param {string} code @returns {string} */
  function inCode(code) {
    const plain = code.normalize("NFKC").trim(), found = inWords(plain), digits = plain.replace(/[\s\-_.()]/g, "");
    if (found) return found;
    if (/^[2-9]\d{6,7}$/.test(digits) && !/^20\d\d/.test(digits)) return "number";
    if (CAPITALS.test(plain) || SPELLED.test(plain)) return "name";
    const runs = plain.replace(/·/g, "").replace(WORDS, "-").replace(COUNTED, "-").match(new RegExp(HAN + "+", "g")) || [];
    if (runs.some(ofPerson)) return "name";
    return TRADE.test(plain) || runs.join("").length > MOST ? "shop" : "";
  }

  /* Whether some Chinese of a code is a name or ends with one: 陈, 李明, 李明店, 物流张. */
  function ofPerson(run) {
    const core = run.length > 2 ? run.replace(/[店厂站铺行部]$/, "") : run;
    return core.length < 2 ? CALLED.test(core) : !PLACE.test(core) && (WHOLE.test(core) || CALLED.test(core));
  }

  baodian.book = Object.assign(baodian.book || {}, { inWords, inCode });
})();
