"""What the customer book says: its words, a sentence by a name."""

from __future__ import annotations

from collections.abc import Mapping

from baodian.said.messages import Words


def words(t: Words) -> Mapping[str, str]:
    """Return all words of the script."""
    return {**_due(t), **_customer(t), **_sheet(t), **_away(t)}


def _due(t: Words) -> Mapping[str, str]:
    """Return the words of the list of today and of the week."""
    return {
        "head": t("Today, {weekday} {day}", day="{day}", weekday="{weekday}"),
        "count": t("{n} {n|customer is|customers are} due, {items} {items|thing|things} to do."),
        "count_promises": t(" {n} promised."),
        "nothing_due": t("Nobody is due today."),
        "empty": t(
            "No customer yet. Paste a few columns from your sheet, or add one: from then on it "
            "says here each day who is due, and why."
        ),
        "show_more": t("Show {n} more", n="{n}"),
        "soon": t("Later this week: {n} {n|customer|customers}"),
        "late": t("{n} {n|day|days} late"),
        "today": t("today"),
        "that_day": t("that day"),
        "until": t("by {day}", day="{day}"),
        "since": t("last on {day}", day="{day}"),
        "if": t("if it is done on {day}", day="{day}"),
        "never": t("not contacted yet"),
        "promised": t("Promised: "),
        "tick": t("{code}: {what}: done", code="{code}", what="{what}"),
        "did": t("Noted: {code}, {what}", code="{code}", what="{what}"),
        "undo": t("Undo"),
        "undone": t("Taken back."),
        "close": t("Close"),
        "changed_since": t("It was changed elsewhere meanwhile: nothing was taken back."),
        "add_promise": t("Promised something?"),
        "to_script": t("What to say"),
        "to_guide": t("Guide"),
        "to_list": t("Checklist"),
        "no_class_yet": t("class not known yet"),
        "nothing_next": t("nothing to come"),
        "lacks": t("{what}: no day can be told", what="{what}"),
        "lacks_class": t("no class"),
        "lacks_more": t("still to choose: “{name}”", name="{name}"),
        "lacks_last": t("no last contact"),
        "incomplete": t("Not to be planned in full yet: {n} {n|customer|customers}"),
        "complete": t("Fill it in"),
        "to_week": t("The week"),
        "week": t("This week, day by day"),
        "next_week": t("The week after, as if all of this one were done"),
        "week_lacks": t("{n} {n|customer|customers} cannot be planned in full yet:", n="{n}"),
        "week_hint": t(
            "What is due until Sunday, on the days that are left to work: promises first, then "
            "what is late or due today, weekly contacts before monthly ones, up to five customers "
            "at once; the others about as many on each."
        ),
        "free": t("free"),
        "ics": t("Download for the calendar (.ics)"),
        "ics_note": t(
            "In the calendar stand codes only. Download again after changes: entries that are "
            "done are called off. A calendar may be copied elsewhere by your telephone."
        ),
        "copy_week": t("Copy as text"),
        "calendar": t("Customers of the week"),
        "weekdays": t("Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
        "months": t("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec"),
        "date": t("{day} {month}"),
        "print": t("Print"),
        "copied": t("Copied"),
        "by_hand": t("Select the text and copy it"),
    }


def _customer(t: Words) -> Mapping[str, str]:
    """Return the words of one customer: who he is, what was promised, what runs."""
    return {
        "add": t("Add a customer"),
        "save": t("Save"),
        "save_more": t("Save, add another"),
        "cancel": t("Close without saving"),
        "spare": t("Delete nothing"),
        "keep": t("Note it"),
        "code": t("Code"),
        "code_hint": t("Of your own, such as QG-07 or East-03. No name of a person or a shop, no "
                       "telephone number, no plate."),
        "taken": t("“{text}” is in the book already.", text="{text}"),
        "kind": t("What are you looking at? Several may hold."),
        "by_answers": t("by the answers below"),
        "choose": t("choose"),
        "known": t("The class, if you know it"),
        "or_answers": t("Not sure? Answer a few questions"),
        "unknown_answer": t("don't know"),
        "or_today": t("As of today: it goes on by itself. Or the day itself."),
        "figure": t("A number is needed here."),
        "because": t("Because: {rule}", rule="{rule}"),
        "by_hand_class": t("As you said."),
        "maybe": t("Still possible: {names}", names="{names}"),
        "ask": t("Find out next: {name}", name="{name}"),
        "no_class": t("No class fits these answers."),
        "outside": t("“{name}” does not have such a value.", name="{name}"),
        "no_answers": t("Nothing is known yet. Change him and answer a few questions."),
        "age": t("It was answered {n} {n|day|days} ago. Does it still hold?"),
        "last": t("Last contact"),
        "last_hint": t("Counts for every rhythm until you tick one."),
        "was_last": t("Last contact on {day}.", day="{day}"),
        "class_of": t("Which class, and why"),
        "later": t("What comes next"),
        "promises": t("Promises"),
        "promise": t("What was promised"),
        "promise_hint": t("A few words. No name, no number of a person."),
        "by": t("By which day"),
        "move": t("Another day for: {what}", what="{what}"),
        "take_back": t("Take away"),
        "noted": t("Noted."),
        "noted_n": t("{n} {n|promise|promises} noted."),
        "kept_promises": t("{n} {n|promise|promises} kept so far."),
        "plans": t("Steps from a day on"),
        "start_plan": t("Begin steps"),
        "which_plan": t("Which steps"),
        "begin": t("Begin"),
        "p_start": t("Say from which day."),
        "started": t("The days are reckoned; they stand in the list of what is due."),
        "no_plan": t("(no longer in the handbook)"),
        "end": t("end early, because …"),
        "end_other": t("for another reason"),
        "ended": t("Ended early: {why}", why="{why}"),
        "go_on": t("Go on with it"),
        "run_done": t("All steps are done."),
        "rest": t("Leave him alone"),
        "rest_hint": t("No rhythm calls until then; promises stay."),
        "rest_none": t("not now"),
        "rest_days": t("for {n} {n|day|days}"),
        "rest_never": t("for good: wants no more contact"),
        "rest_until": t("until {day}", day="{day}"),
        "change": t("Change"),
        "remove": t("Delete"),
        "remove_sure": t("Delete {code} from this device?", code="{code}"),
        "remove_yes": t("Delete"),
        "removed": t("{code} was deleted.", code="{code}"),
        "saved": t("{code} is in the book.", code="{code}"),
        "gone": t("{code} is no longer here: deleted in another window.", code="{code}"),
        "everyone": t("All customers: {n}", n="{n}"),
        "filter": t("Find by code or class"),
        "from_finder": t("Take in {n} that the class finder saved", n="{n}"),
        "not_done": t("Not done in the self-check: what do you promise?"),
        "no_run": t("That self-check is not finished, has nothing undone, or is not on this "
                    "device."),
        "add_first": t("Add a customer first, then begin the steps."),
    }  # fmt: skip


def _sheet(t: Words) -> Mapping[str, str]:
    """Return the words of pasting: headings that are known, and what is wrong with a line."""
    return {
        "paste": t("Paste from a sheet"),
        "paste_hint": t(
            "Copy the columns in your sheet, the headings too, and paste them here. Nothing is "
            "kept before you take it in."
        ),
        "columns": t("Headings it knows: {names}; also {asks}.", names="{names}", asks="{asks}"),
        "pasted": t("Lines of the sheet"),
        "plain_columns": t("No headings found: read as {names}.", names="{names}"),
        "unknown": t("Not read, because nothing is known of such columns: {names}.",
                     names="{names}"),
        "found": t("{n} {n|customer|customers}: {news} new, {old} here already."),
        "joined": t(" {n} {n|line belongs|lines belong} to a code that stands above."),
        "bad_lines": t("{n} {n|line|lines} cannot be taken in as {n|it is|they are}:"),
        "see_lines": t("See what was read"),
        "line": t("Line {n}:", n="{n}"),
        "take": t("Take in {n} {n|customer|customers}"),
        "took": t("{n} {n|customer is|customers are} in the book."),
        "took_here": t("{n} {n|customer|customers} read; this browser keeps them only until the "
                       "page is closed."),
        "left": t(" {n} {n|line stands|lines stand} there still, to be put right."),
        "h_code": t("code, number, customer, customer code"),
        "h_class": t("class, type, tier, grade"),
        "h_last": t("last contact, last visit, contacted"),
        "h_promise": t("promise, promised"),
        "h_by": t("by, promised for, due"),
        "h_rest": t("leave alone until, rest until"),
        "p_code": t("There is no code."),
        "p_name": t("“{text}” looks like a name. Use a code of your own, such as QG-07.",
                    text="{text}"),
        "p_shop": t("“{text}” tells which shop it is, or holds too many words. Use a code of your "
                    "own, such as QG-07 or East-03.", text="{text}"),
        "p_number": t("“{text}” looks like a telephone or identity number. Use a code of your own.",
                      text="{text}"),
        "p_plate": t("“{text}” looks like the plate of a car. Use a code of your own.",
                     text="{text}"),
        "p_mail": t("“{text}” looks like an address of mail. Use a code of your own.",
                    text="{text}"),
        "p_long": t("{column}: too long. Shorten it.", column="{column}"),
        "p_class": t("{column}: there is not just one class “{text}”.", column="{column}",
                     text="{text}"),
        "p_two": t("{column}: another class than the line has elsewhere.", column="{column}"),
        "p_value": t("{column}: “{text}” is none of its answers.", column="{column}",
                     text="{text}"),
        "p_figure": t("{column}: “{text}” is no number.", column="{column}", text="{text}"),
        "p_outside": t("{column}: “{text}” cannot be.", column="{column}", text="{text}"),
        "p_date": t("{column}: “{text}” is no date. Write it like 2026-11-29.", column="{column}",
                    text="{text}"),
        "p_future": t("{column}: “{text}” has not come yet.", column="{column}", text="{text}"),
        "p_no_day": t("A promise needs a day: by when?"),
        "p_no_promise": t("There is a day, but not what was promised."),
        "p_more": t("“{text}” stands beyond the last column. Put a text with commas in quotes.",
                    text="{text}"),
        "p_differs": t("It contradicts line {text}, which has the same code.", text="{text}"),
        "p_many": t("No more than {text} lines at once.", text="{text}"),
    }  # fmt: skip


def _away(t: Words) -> Mapping[str, str]:
    """Return the words of taking away, bringing in and erasing."""
    return {
        "away": t("Hand over, take along"),
        "away_hint": t(
            "Whoever has the file can read it. For a colleague take the file that he brings in "
            "here; the table for Excel holds everything but steps that are done."
        ),
        "which": t("Which customers? None ticked means all."),
        "json": t("File for a colleague"),
        "csv": t("Table for Excel (.csv)"),
        "copy_file": t("Copy the file as text"),
        "copy_sheet": t("Copy the table"),
        "downloaded": t("Handed to the browser as a file."),
        "no_download": t("No files can be saved here; copy them instead."),
        "unprotected": t("The file is not protected: whoever has it can read everything in it."),
        "file_name": t("customers"),
        "drop_chosen": t("Delete those ticked"),
        "drop_sure": t("Delete {n} {n|customer|customers} from this device?"),
        "drop_none": t("Nothing is ticked. Nothing is deleted."),
        "dropped": t("Deleted."),
        "bring": t("Bring in a file"),
        "bring_hint": t(
            "Of a customer who is on both sides nothing is lost: what was done on either is done."
        ),
        "files": t("Choose files"),
        "too_big": t("Too large: nothing was taken from it."),
        "damaged_file": t("Damaged or cut off: nothing was taken from it."),
        "foreign": t("It holds no customer book: nothing was taken from it."),
        "too_new": t("It comes from a newer handbook: load this page anew and try again."),
        "as_sheet": t("It is a table: look at it above, then take it in."),
        "brought": t("{added} new, {changed} changed, {same} the same."),
        "refused": t(
            " {n} left out: damaged, or with what looks like a name or a number of a person: "
            "{codes}.",
            n="{n}", codes="{codes}",
        ),
        "settings": t("Settings, and erase all"),
        "role": t("Whose contacts count"),
        "role_hint": t("Rhythms of this role stand in the list."),
        "private": t(
            "Everything stands on this device only. It goes elsewhere only as a file that you "
            "make yourself."
        ),
        "erase": t("Erase the customer book"),
        "erase_sure": t("Erase all customers, promises and steps? They cannot be brought back."),
        "erase_yes": t("Erase all"),
        "erased": t("The customer book is empty."),
        "damaged": t("{n} {n|customer|customers} cannot be read and {n|is|are} not shown."),
        "blocked": t("This browser keeps nothing here: what you enter is gone with this page. "
                     "Take it along as a file."),
        "failed": t("This part could not be loaded. Load the page anew."),
        "full": t("The storage of this browser is full: the last change is gone with this page. "
                  "Take the book along as a file, then make room."),
        "newer": t("A newer handbook wrote the book. Load the page anew; it was left alone."),
    }  # fmt: skip
