
# Invitations, messages and call-back list; `sample.fr.ftl` has the same keys.

sample-title = Invitations
sample-open-wave = Anybody who has the wave’s address may answer. To keep it to invited people, change the access in the settings.
sample-n-people = people
sample-n-complete = have answered
sample-rate = response rate
sample-dispositions = How far invited people are
sample-disposition = Disposition
sample-people = People
sample-is-complete = have answered
sample-is-partial = have begun
sample-is-opened = have opened the link
sample-is-silent = no news
sample-is-opted_out = want no messages
sample-is-bounced = no such address

sample-send = Send
sample-no-server = No mail server is configured: messages would stay queued. Start the server again with --smtp-url.
sample-closed = The wave takes no responses: the links would open nothing. Open it in the settings.
sample-edit-text = Change the text
sample-nobody-invitation = Nobody is waiting for an invitation.
sample-nobody-reminder = There is nobody to remind: everybody invited has answered, wants no messages, or has a message queued already.
sample-nobody-other = Nobody to write to.
sample-send-invitation = { $n ->
    [one] Invite { $count } person
   *[other] Invite { $count } people
}
sample-send-reminder = { $n ->
    [one] Remind { $count } person who has not answered
   *[other] Remind { $count } people who have not answered
}
sample-send-other = { $n ->
    [one] Write to { $count } person, whether they have answered or not
   *[other] Write to { $count } people, whether they have answered or not
}
sample-send-now = Send now ({ $count })
sample-mail-in = In { $language }
sample-mails = Messages
sample-message = Message
sample-queued = queued
sample-sent = sent
sample-failed = given up
sample-bounced = no such address
sample-kind-invitation = Invitation
sample-kind-reminder = Reminder
sample-kind-other = Other message
field-done-sent = The messages are queued.
team-error-recipients_changed = The number of people to write to has changed meanwhile. Check, then send again.
team-error-unsound_sample = Nothing was imported. Correct the file, then import it again.
team-error-unsound_template = This text cannot be sent as it is.
team-error-no_file = Choose a file.

sample-first = Import the people to invite
sample-more = Add people
sample-file = CSV or Excel file (.xlsx)
sample-file-hint = One line a person, with a column “email”; “language” and “territory” are recognised. Other columns are kept. An address that is known already is not added twice.
sample-frame-columns = The questionnaire also uses: { $columns }.
sample-least = Smallest size of a group
sample-least-hint = The wave is anonymous: what the file says of a person goes into their response only if at least this many people have the same values.
sample-check = Check
sample-import = Import unchecked
sample-checked = The file can be read
sample-would = { $n ->
    [0] It would add nobody.
    [one] It would add { $count } person.
   *[other] It would add { $count } people.
}
sample-imported = { $n ->
    [0] Nobody was added.
    [one] { $count } person added.
   *[other] { $count } people added.
}
sample-known = Known already, unchanged: { $count } (lines { $lines }).
sample-blanked = Nothing will go into the response for { $count } of them, too few being alike (lines { $lines }).
sample-import-n = { $n ->
    [one] Import { $count } person
   *[other] Import { $count } people
}
sample-choose-again = The file is large: choose it again to import it.
sample-columns = Columns of the file
sample-column = Column
sample-taken-for = Taken for
sample-example = First person
sample-column-email = address
sample-column-language = language of messages
sample-column-territory = territory
sample-column-variable = kept with the person
sample-column-frame = question { $items } of the questionnaire
sample-faults = What is wrong
sample-place = Where
sample-at-line = Line { $line }
sample-at-cell = Line { $line }, column “{ $column }”
sample-fault = What is wrong
sample-more-faults = And { $count } more.
sample-meant = Did you mean “{ $code }”?
sample-allowed = One of { $codes }.

sample-fault-encoding = is not UTF-8
sample-fault-empty = nobody in this file
sample-fault-no_email_column = no column “email” or “courriel”
sample-fault-unnamed_column = a column without a name
sample-fault-column_twice = the same column twice
sample-fault-cell_count = not as many cells as columns
sample-fault-email = not an e-mail address
sample-fault-email_twice = the same address as line { $first }
sample-fault-language = a language that the questionnaire does not have
sample-fault-cell_length = too long a cell
sample-fault-too_large = too large a file: at most 100,000 people and 100 columns, with nothing apart from the table
sample-fault-no_frame_column = this column, which the questionnaire uses, is missing
sample-fault-frame_value = not a value that the questionnaire knows
sample-fault-few_alike = the wave is anonymous and too few of these people are alike: import them together with others
sample-fault-workbook_encrypted = a workbook with a password; save it without one
sample-fault-workbook_old = an old workbook (.xls); save it as .xlsx or .csv
sample-fault-workbook_damaged = a workbook that is damaged or of another format; open it and save it as .xlsx again
sample-fault-workbook_dtd = a workbook that declares XML entities, which no spreadsheet program does; open it and save it as .xlsx again
sample-fault-workbook_empty = a workbook without a visible sheet; put the table on the first sheet
sample-fault-error_cell = the cell shows an error, or a formula that was not worked out; put the value there

mail-title = Messages
mail-kinds = Kinds of messages
mail-fills-hint = Fills: {"{title}"} the title, {"{link}"} the personal link, {"{closes_on}"} the closing day, {"{opt_out}"} the link to unsubscribe. A line whose fill is empty is left out. For a brace, write two.
mail-subject = Subject
mail-body = Text
mail-show = Preview
mail-drop = Back to the original text
mail-is-own = the wave’s text
mail-is-built-in = original text
mail-is-draft = not saved yet
field-done-kept = The text is saved.
field-done-dropped = The original text is back.
mail-fault-unknown_fill = { $fill } is no fill
mail-fault-lone_brace = a brace alone; write two of them
mail-fault-fill_missing = { $fill } is missing
mail-fault-link_in_subject = no link in the subject
mail-fault-not_one_line = the subject is one line, and not empty
mail-fault-too_long = too long

contacts-title = To call back
contacts-hint = The people who agreed to be contacted again, in random order, without their answers. Use them only for what they agreed to.
contacts-none = Nobody has agreed to be contacted again yet.
contacts-file = Download the list (CSV)
contacts-telephone = Telephone
contacts-language = Language
contacts-agreed = Agreed to
team-did-contacts-export = Call-back list downloaded
audit-key-blanked = blanked
audit-key-hash = hash
audit-key-kind = kind
audit-key-least_group = smallest group
audit-key-mails = messages
audit-key-own = the wave’s text
audit-key-people = people
