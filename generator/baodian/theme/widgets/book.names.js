/* What must not stand in the book, because it tells who a person is: names, telephone and identity numbers, plates of
   cars, addresses of mail. Errs on the side of refusing: a code of one's own is always possible. Knows no page. */
(() => {
  "use strict";
  // The most frequent family names, and those of two signs.
  const FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔汤";
  const DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木";
  const PINYIN = "wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|he|gao|lin|luo|zheng|liang|xie|song|tang|han|feng|deng|cao|peng|zeng|xiao|tian|dong|yuan|pan|jiang|cai|yu|du|ye|cheng|su|wei|lu|ding|ren|shen|yao|cui|zhong|tan|fan|jin|liao|jia|xia|fu|fang|zou|xiong|qin|qiu|yin|xue";
  const ONE = "(?:" + DOUBLE + "|[" + FAMILY + "])", HAN = "[\\u3400-\\u9fff]";
  const SYLLABLE = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v)";
  // After it a name may stand: nothing of the same word, or who it is said to.
  const BEFORE = "(?:^|[^\\u3400-\\u9fff]|[跟和给找请约问让叫向对替带陪帮由与同见])";
  const TITLED = new RegExp(BEFORE + ONE + "(?:" + HAN + "{0,2}(?:先生|女士|小姐|太太|师傅|师父)|老板娘?|老总|总经理|总(?![部价额量共数计体是会有结线站之])|经理|董事长|主任|厂长|队长|站长|店长|科长|处长|局长|司机|老师|会计|大哥|大姐|哥|姐|叔|婶|姨|嫂|爷|伯)");
  const FAMILIAR = new RegExp(BEFORE + "[老小阿大]" + ONE + "(?:$|[^\\u3400-\\u9fff]|[的说要家那他])");
  const WHOLE = new RegExp("^(?:[" + FAMILY + "]" + HAN + "{1,2}|(?:" + DOUBLE + ")" + HAN + "{1,2})$");
  const WORDS = /对方|双方|任何|由于|对于|于是|[本上下每这]周|周[一二三四五六日天末]|方[案便式法]|江[东西南北苏]|黄[山河金]|白金|高[速新端]|金[额卡属]|石[油化]|马[路上]|万[元台达]|余[下款额]|任务|程[序度]|顾客/g;
  const PLACE = /[州县镇乡市区路街店厂站港屿桥门湾岛城场园院库队线组卡级类户号]$/;
  const TITLE = /\b(?:mr|mrs|ms|miss|dr)\b\.?\s+[a-z]{2,}/i;
  const CAPITALS = /^[A-Z][a-z]+(?:[\s·-]+[A-Z][a-z]+){1,3}$/;
  const SPELLED = new RegExp("^(?:" + PINYIN + ")[\\s_-]?" + SYLLABLE + "[\\s_-]?(?:" + SYLLABLE + ")?$", "i");
  const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-Z]\s*[·•.\-]?\s*(?=[A-Z]*\d)[A-Z0-9]{5,6}(?![A-Z0-9])/i;
  const MAIL = /[^\s@]+@[^\s@]+\.[a-z]{2,}/i;

  /** Why a text in words is not kept: "mail", "number", "plate" or "name"; "" if it may be.
      @param {string} text @returns {string} */
  function inWords(text) {
    const plain = text.normalize("NFKC"), rest = plain.replace(WORDS, "-");
    return MAIL.test(plain) ? "mail" : baodian.personal(plain) ? "number" : PLATE.test(plain) ? "plate"
      : TITLED.test(rest) || FAMILIAR.test(rest) || TITLE.test(plain) ? "name" : "";
  }

  /** The same of a code: there a bare name is told by itself, and seven or eight digits are a telephone's.
      @param {string} code @returns {string} */
  function inCode(code) {
    const plain = code.normalize("NFKC").trim(), found = inWords(plain), digits = plain.replace(/[\s\-_.()]/g, "");
    if (found) return found;
    if (/^[2-9]\d{6,7}$/.test(digits) && !/^20\d\d/.test(digits)) return "number";
    const runs = plain.replace(/·/g, "").replace(WORDS, "-").match(new RegExp(HAN + "+", "g")) || [];
    return runs.some(run => WHOLE.test(run) && !PLACE.test(run)) || CAPITALS.test(plain) || SPELLED.test(plain) ? "name" : "";
  }

  baodian.book = Object.assign(baodian.book || {}, { inWords, inCode });
})();
