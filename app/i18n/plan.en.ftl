
# The figures that are wanted of a questionnaire; `plan.fr.ftl` has the same keys.

plan-title = Wanted figures
plan-about = The figures that the survey has to give: a question, and if need be the one whose answers break it down into columns. They are part of the questionnaire; respondents are shown nothing of them.
plan-unknown = The questionnaire has errors: what is missing will be said once they are corrected.
plan-wanted = Wanted figures
plan-none = No figure is wanted yet
plan-none-about = Say which ones you will publish. This page will then say which of them nobody can feed, whom each will speak of, and which questions serve none.
plan-all-fed = Every wanted figure can be fed.
plan-n-gaps = { $n ->
    [one] { $count } figure that nothing can feed.
   *[other] { $count } figures that nothing can feed.
}
plan-n-unused = { $n ->
    [one] { $count } question that no figure uses.
   *[other] { $count } questions that no figure uses.
}
plan-gap = nothing feeds it
plan-gap-unknown_item = This question is not, or no longer, in the questionnaire.
plan-gap-no_table = This is no question whose answers are counted: a statement, contact details or a roster have none.
plan-gap-unknown_breakdown = The question that was to break it down is not, or no longer, in the questionnaire.
plan-gap-no_columns = The question that was to break it down has no choices to make columns of.
plan-gap-other_units = The question that was to break it down counts other units: it is asked in a roster.
plan-gap-itself = A question is not broken down by itself.
plan-gap-twice = This figure is wanted above already.
plan-gap-never_asked = Nobody can be asked this question.
plan-gap-never_answered = Nobody can give it an answer that counts: its base is always empty.
plan-gap-breakdown_never_asked = Nobody can be asked the question that was to break it down.
plan-gap-never_together = Nobody can be asked both questions.
plan-gap-always_empty = All of its columns stay empty, whatever people answer.
plan-by = by
plan-universe = People concerned: { $universe }
plan-columns = In its columns: { $universe }
plan-empty-columns = Columns that are always empty: { $list }
plan-change = Change “{ $title }”
plan-item = Question that is counted
plan-choose = Choose…
plan-columns-of = Broken down by
plan-no-columns = Nothing: one total
plan-figure-title = Title ({ $language })
plan-new = One more figure
plan-new-title = Title
plan-new-title-hint = Empty: that of the question.
plan-add = Add the figure
plan-unused = Questions that no figure uses
plan-unused-about = A question without a figure makes the survey longer. Some serve otherwise: they decide who sees what follows.
plan-all-used = Every question serves a figure.
plan-is-read = read by a condition
plan-want = Want this figure
plan-want-of = Want this figure: “{ $name }”
edit-kind-figure = Wanted figure
edit-field-by = Broken down by
