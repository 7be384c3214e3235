# Interface texts in English. French (`fr.ftl`) comes first; a test holds the keys together.

## Frame

site-name = Recueil
skip-link = Skip to content
language-label = Language
title-error = Error: { $title }

## Home

home-title = Clear surveys, true figures
home-lead = Recueil runs online surveys: it asks clear questions, gathers the answers without losing any, and counts them right.
home-team = Team area
home-open = Open surveys
home-none = No survey is open at the moment. If you were given a link, follow it: it leads straight to the survey.
home-closes = Until { $date }

## Start page

start-begin = Start
start-resume = Carry on where I left off
start-resume-note = You have already started answering on this device. Your answers have been kept.
start-sent-note = Your answers have been sent from this device. Thank you!
start-sent = See the receipt again
start-again = Answer for somebody else
start-code = I have a code: go on with my answers or see them again
start-duration = About { $minutes } minutes
start-closes = Open until { $date }
start-note = Your answers are saved at each step. You can check and change them before you send them.

## Question

progress = Step { $step } of { $steps }
title-step = { $title } (step { $step } of { $steps })
back = Back
next = Continue
save = Save
save-for-later = Save and go on later
saved-at = Saved at { $time }
saved-now = Saved
save-failed = Saving did not work. Your answers are still on this page; “Continue” will send them.
optional = optional
or = or
specify = Please specify
offer-dont-know = I don’t know
offer-refused = I would rather not answer
consent-yes = Yes
consent-no = No
multiple-any = Select all that apply.
multiple-least = Select all that apply, at least { $min }.
multiple-most = Select all that apply, at most { $max }.
multiple-between = Select { $min } to { $max } answers.
multiple-exact = Select { $n } answers.
text-most = { $max } characters at most.
text-left = { $n } characters left
text-over = { $n } characters too many
date-hint = For example: 27 3 2026
date-day = Day
date-month = Month
date-year = Year
select-none = Choose from the list
rank-hint = Give rank 1 to what you put first.
rank-none = No rank
contact-note = These details are kept apart from your answers.
contact-name = First and last name
contact-email = Email address
contact-telephone = Telephone
roster-add = Add: { $unit }
roster-remove = Remove
roster-none = Nothing added yet.

## Wrong answers

summary-hard = { $n ->
    [one] One answer needs correcting
   *[other] { $n } answers need correcting
}
summary-soft = { $n ->
    [one] One answer needs checking
   *[other] { $n } answers need checking
}
summary-soft-help = Change it if you need to. If it is right, carry on.
error-prefix = Error:
warning-prefix = Please check:
failure-required-choice = Select an answer.
failure-required-choices = Select at least one answer.
failure-required-number = Enter a number.
failure-required-text = Enter an answer.
failure-required-date = Enter a date.
failure-required-other = An answer is missing.
failure-type-number = Enter a number with at most { $decimals } decimals, such as 1.5.
failure-type-whole = Enter a whole number, such as 12.
failure-type-date = Enter a date that exists, such as 27 3 2026.
failure-type-rank = Give each answer a different rank.
failure-type-other = This answer cannot be read. Please enter it again.
failure-number-between = Enter a number between { $min } and { $max }.
failure-number-least = Enter a number that is { $min } or more.
failure-number-most = Enter a number that is { $max } or less.
failure-choices-between = Select { $min } to { $max } answers.
failure-choices-exact = Select { $max } answers.
failure-choices-least = Select at least { $min } answers.
failure-choices-most = Select at most { $max } answers.
failure-text-most = Shorten this text: { $max } characters at most.
failure-date-between = Enter a date between { $min } and { $max }.
failure-date-least = Enter a date from { $min } onwards.
failure-date-most = Enter a date up to { $max }.
failure-range-other = This answer is outside the expected limits.
failure-unknown-code = Select one of the answers offered.
failure-exclusive = One of these answers rules out the others. Keep it alone or remove it.
failure-choice-filter = An answer you selected is no longer offered. Select another one.
failure-other = This answer needs another look.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Review

review-title = Check your answers
review-lead = Nothing has been sent yet. Change what needs changing, then send your answers.
review-lead-correction = You are correcting a response that was sent. It counts as it is until you send the correction.
review-change = Change
review-answer = Answer
review-none = Not answered
review-dont-know = Does not know
review-refused = Would rather not answer
review-submit = Send my answers
review-submit-note = As long as the survey is open you can still correct your answers after sending them. You can withdraw them at any time.
review-submit-note-correction = The correction will replace your earlier response.
review-page-other = Other questions

## Receipt

receipt-title = Thank you, your answers have been received
receipt-code = Your code
receipt-code-note = Write it down or print this page: with this code you will find this page on another device. It does not tell who you are.
receipt-answers = Your answers
receipt-home = Back to the home page
receipt-counted = Your response is stored and counted in the results.
receipt-set-aside = Your response is stored. The survey team does not count it in the results.

## Code, going on later, rights

code-address = Address where to give it
code-secret = Whoever has this code can read and change your answers: keep it to yourself.
keep-title = Your answers are saved
keep-lead = To go on later, here or on another device, write down this code and this address.
keep-lead-here = To go on later, come back to this survey on this device.
keep-invitation = On the other device, open the link of your invitation too: it will be asked for there when you send your answers.
keep-go-on = Go on answering
resume-title = Go on with your answers
resume-lead = Enter the code that you wrote down. You will find your answers where you left them.
resume-hint = 16 letters and digits. Capitals, spaces and dashes do not matter.
resume-unknown = No response to this survey has this code. Check it.
resume-go = Go on
resume-none = I have no code
correction-title = A correction is under way
correction-note = Your response stays as it was sent until you send the correction.
correction-go-on = Go on correcting
correction-drop = Give the correction up
rights-title = Your answers are yours
rights-correct-note = As long as the survey is open you can correct your answers. The earlier ones count until you send them.
rights-correct = Correct my answers
rights-export-note = This is everything that is stored of your response:
rights-export-html = My answers, to read and print (HTML)
rights-export-json = My answers, for another program (JSON)
rights-withdraw-note = You can withdraw your response: it will be erased and no longer counted.
rights-withdraw = Withdraw my response
withdraw-title = Withdraw your response?
withdraw-lead = It will be erased, and the results computed again without it. This cannot be undone.
withdraw-contacts = Contact details that you gave apart, without a link to your answers, stay: nothing leads to them from here.
withdraw-code = Your code will no longer work.
withdraw-again = You can answer again afterwards.
withdraw-final = You will not be able to answer again from here.
withdraw-go = Withdraw my response
withdraw-keep = Keep it
withdrawn-title = Your response is withdrawn
withdrawn-lead = It is erased and no longer counted. What remains is the number of withdrawn responses.
withdrawn-again = Answer again
export-contacts = Contact details stored with your answers

## Error pages

problem-not-found-title = This page does not exist
problem-not-found = The address may be incomplete. Check it, or start again from the home page.
problem-closed-title = This survey has ended
problem-closed = It no longer takes answers. Thank you for your interest.
problem-not-open-title = This survey is not open yet
problem-not-open = Come back a little later: this link will still be right.
problem-no-response-title = Your answers are not on this device
problem-no-response = This page continues answers that were started here, and there are none, or they have already been sent. Go back to the start of the survey.
problem-no-response-go = Go to the start of the survey
problem-already-sent-title = Your answers have already been sent
problem-already-sent = They have been received. The receipt lets you read, correct or withdraw them.
problem-already-sent-go = See the receipt
problem-conflict-title = This page was sent twice
problem-conflict = We kept the first one, and the second was different. Open the page again to see what is stored.
problem-conflict-go = Open the page again
problem-link-gone-title = This link no longer works
problem-link-gone = It was used already, was revoked, or is too old. Ask whoever gave it to you for another one.
problem-not-allowed-title = Your role does not allow this
problem-not-allowed = Ask the study’s owner to change your role.
problem-too-many-title = Too many attempts
problem-too-many = Wait a few minutes before you try again.
problem-too-many-tries-title = Too many codes or links have been tried
problem-too-many-tries = Wait a quarter of an hour, then try again. Nothing that was saved is lost.
problem-too-large-title = There is too much text on this page
problem-too-large = Nothing from this last attempt was stored. Go back and shorten your answers.
problem-bad-request-title = This form could not be read
problem-bad-request = Go back and send it again. What was stored before is still stored.
problem-forbidden-title = This form was sent from another site
problem-forbidden = To be safe, it was refused. Open the survey and answer from its own pages.
problem-unavailable-title = The service is not available right now
problem-unavailable = What was stored is still stored. Wait a moment, then try again.
problem-internal-title = Something went wrong on our side
problem-internal = What was stored is still stored. Try again in a moment.
problem-reference = If it happens again, give this reference to the survey team: { $reference }
problem-home = Go to the home page
