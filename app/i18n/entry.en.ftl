
# Data entry; `entry.fr.ftl` has the same keys.

entry-title = Data entry
entry-file-title = Import responses
entry-file = CSV, Excel (.xlsx) or NDJSON file
entry-file-hint = A line for each response and a column for each question, as in an export. With a column “meta.id” that names each response, importing the same file twice adds nothing. At most 33 MB and 200,000 lines.
entry-columns = { $n ->
    [one] The column that the questionnaire knows
   *[other] The { $count } columns that the questionnaire knows
}
entry-columns-hint = The first line of the file, to be copied. Not all of them are needed, in any order. A question with several answers has a column for each choice, holding 1 or 0; $dont_know and $refused say “don’t know” and “prefer not to answer”.
entry-header = First line of a file
entry-check = Check
entry-import = Import unchecked
entry-checked = What would happen
entry-would = { $n ->
    [0] No response would be added.
    [one] { $count } response would be added. Nothing has been done yet.
   *[other] { $count } responses would be added. Nothing has been done yet.
}
entry-imported = { $n ->
    [0] No response was added.
    [one] { $count } response added.
   *[other] { $count } responses added.
}
entry-import-n = { $n ->
    [one] Import { $count } response
   *[other] Import { $count } responses
}
entry-choose-again = The file is large: choose it again to import it.
entry-would-become = What would become of the file’s responses
entry-became = What became of the file’s responses
entry-what = Outcome
entry-how-many = Number
entry-n-added = Added
entry-n-unchanged = Stored already, unchanged
entry-n-conflict = In conflict: the same id, other content
entry-n-refused = Refused
entry-n-broken = Lines that cannot be read
entry-n-dropped = Answers to a question off path, dropped
entry-lost-columns = { $n ->
    [one] One column is not read
   *[other] { $count } columns are not read
}
entry-no-name = (no name)
entry-more = And { $count } more.
entry-remarks = What is not taken over
entry-response = Response
entry-colon = {": "}
entry-reason = Reason
entry-line = Line { $line }

entry-remark-required = an answer is needed
entry-remark-type = the value is not of the expected type
entry-remark-unknown_item = the questionnaire has no such item
entry-remark-unknown_code = this code is not in the list of choices
entry-remark-range = the value is out of bounds
entry-remark-exclusive = an exclusive choice is combined with another
entry-remark-choice_filter = this choice was not offered
entry-remark-check = a check of the questionnaire fails
entry-remark-conflict = a response with this id is stored already, with other content; nothing was changed
entry-remark-rehearsal = this sheet comes from a rehearsal and is not counted with real responses
entry-remark-off_path = answer off path, dropped
entry-remark-IX0001 = this line is not an answer sheet
entry-remark-IX0002 = the questionnaire has no such column, or it is given twice; it is not read
entry-remark-IX0003 = this line does not have the cells that the header announces; it is not read

entry-fault-encoding = the file is not UTF-8; save it as “CSV UTF-8”, or as .xlsx
entry-fault-no_known_column = no column is one of the questionnaire; the first line must name the questions as in an export
entry-fault-too_large = too large a file: too many lines or columns, too much text, or cells apart from the table; split it
team-error-unreadable_answers = This file cannot be read. Nothing was imported.
audit-key-sheets = responses in the file

# A questionnaire typed in for somebody
entry-for-others = You are entering what somebody else answered.
entry-back = Back to data entry
entry-one = Enter a questionnaire
entry-one-hint = For answers received on paper, by telephone or in person. Pages and checks are those of respondents; the wave may be closed.
entry-one-begin = Enter a questionnaire
entry-one-another = Enter another questionnaire
entry-one-under-way = A questionnaire is being entered in this browser.
entry-one-go-on = Go on with it
entry-one-code = Its code, to go on later or on another device: { $code }
entry-one-resume = Go on with one by its code
entry-one-last = See, correct or withdraw the last response entered
field-done-entered = The response entered is saved.
field-done-taken-out = The response entered is withdrawn.
