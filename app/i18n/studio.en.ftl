# Texts of the dashboard; `studio.fr.ftl` has the same keys.

dashboard-title = Live results
dashboard-open = Survey open
dashboard-closed = Survey closed
dashboard-respond = See the questionnaire
dashboard-nav = Questions
dashboard-former = Questions of former versions
dashboard-empty-title = No response yet
dashboard-empty = As soon as somebody submits their answers, they are counted here. With JavaScript this page updates by itself; without it, reload.
dashboard-nobody = Nobody has answered this question yet.
dashboard-table = Table of figures

rehearsal-band = Rehearsal: made-up responses, not to be passed on
rehearsal-title = Rehearsal: made-up results
rehearsal-heading = Rehearsal
rehearsal-about = These responses were made up to try out the questionnaire and its tables. They are never counted with those of the survey. The team can remove them from the survey’s dashboard.
rehearsal-count = { $n ->
    [one] { $count } made-up response, never counted with those of the survey.
   *[other] { $count } made-up responses, never counted with those of the survey.
}
rehearsal-see = See the rehearsal
rehearsal-remove = Remove the rehearsal
rehearsal-removed = The rehearsal was removed, with all its made-up responses.
rehearsal-empty-title = Rehearsal without responses
rehearsal-empty = Made-up responses that you import with “recueil import … --rehearsal” are counted here.

counter-finished = Responses submitted
counter-rehearsed = Made-up responses
counter-started = Questionnaires begun
counter-share = Completed

stops-title = Where people stop
stops-base = Questionnaires begun and not yet submitted: { $n }, by the last page shown
stops-share = % of those begun

chain-responses = Responses
chain-units = Units
chain-not-asked = filtered out
chain-eligible = Eligible
chain-not-reached = stopped before
chain-asked = Asked
chain-dont-know = don’t know
chain-refused = refused
chain-no-answer = no answer
chain-answered = Answered

texts-none = No open answer yet.
texts-one = One open answer
texts-several = { $n } open answers, in alphabetical order
texts-beside = Details on “{ $label }”
texts-more = Show the others ({ $n })

dates-range = From { $first } to { $last }
dates-single = On { $first }

live-waiting = Connecting…
live-on = Live, up to date at { $time }
live-lost = Connection lost, trying again. The figures shown are the last ones received.
live-ended = Updates have stopped. Reload the page to see the latest figures.
live-removed = This rehearsal was removed: the figures shown are no longer kept.
announce-one = One response submitted
announce-several = { $n } responses submitted
announce-rehearsed-one = One made-up response
announce-rehearsed-several = { $n } made-up responses

## Responses set aside, responses withdrawn

admission-invited = { $n ->
    [one] { $counted } response counted of { $invited } people invited
   *[other] { $counted } responses counted of { $invited } people invited
}
admission-aside = { $n ->
    [one] { $counted } of { $received } responses received · { $aside } set aside
   *[other] { $counted } of { $received } responses received · { $aside } set aside
}
admission-reasons = Reasons
admission-withdrawn = { $n ->
    [one] { $count } response withdrawn by the person who gave it
   *[other] { $count } responses withdrawn by the people who gave them
}

## Cutting and filtering

cut-title = Break down, filter
cut-by = Break down by
cut-by-nothing = No question
cut-how-units = { $title } (unit by unit)
cut-how-any = { $title } (at least one unit)
cut-how-bounds = { $title } (bands: { $bounds })
cut-how-first = { $title } (first choice)
cut-how-quarters = { $title } (in bands)
cut-how-sum = { $title } (sum of the units, in bands)
cut-where = Only responses where
cut-where-example = presence_asv = 'oui'
cut-compose = Put the condition together
cut-unit = Count
cut-unit-all = Everything, each in its unit
cut-unit-respondent = The people who respond
cut-level = 95% confidence intervals, and what differs between columns
cut-percent = Percentages
cut-percent-column = By column: of the units asked in each column
cut-percent-row = By row: of those that gave the answer
cut-percent-total = Of the total: of all that were asked
cut-apply = Show
cut-clear = Show everything
cut-kept = Responses counted: { $kept } of { $all }
cut-only = only if
cut-left-out = { $n ->
    [one] Responses to version { $versions }, which does not ask this question or asks another one, are not in it.
   *[other] Responses to versions { $versions }, which do not ask this question or ask another one, are not in it.
}
cut-not-applied = The results below are those of everybody.

filter-title = Put a filter together
filter-back = Results
filter-apply = Show the results
filter-leave = Go back without a change
filter-no-sentence = The sentence appears here once the condition has no error.
filter-kept = Responses kept: { $kept } of { $all }

cut-sets = Combinations of
cut-sets-hint = One condition a line, eight at most: it is counted who meets exactly which.
combinations-title = Combinations
combinations-universe = respondents
combine-answers = See the combinations of these answers
combine-questions = See the combinations: { $titles }

## One figure, large

figure-svg = Drawing (SVG)
figure-csv = Numbers (CSV)
wall-show = Project
wall-nav = Figures
wall-previous = Previous
wall-next = Next
wall-place = { $nth } of { $of }
wall-leave = Leave the projection

## Arrivals

arrivals-by-day = Responses received by day
arrivals-by-week = Responses received by week
arrivals-base = { $n } responses received, up to { $last }
arrivals-day = Day
arrivals-week = Week of
arrivals-track = Received
