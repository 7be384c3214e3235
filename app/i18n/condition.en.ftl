# The page on which a condition is put together; `condition.fr.ftl` has the same keys.

condition-title = Build a condition
condition-compose = Build
condition-compose-of = Build the condition: { $what }
condition-of-block = Section
condition-of-page = Page
condition-of-item = Question
condition-of-choice = Choice
condition-of-row = Row
condition-of-check = Check
condition-of-fill = Variable text
condition-part-of = { $name } (in “{ $of }”)
condition-case-of = { $name }, case { $nth }

condition-if-filter = Show if
condition-if-offer = Offer if
condition-if-require = The answer is accepted if
condition-if-case = Use this text if
condition-if-only = Count only if
condition-nothing-filter = No condition: it is shown to everybody.
condition-nothing-offer = No condition: this choice is offered to everybody.
condition-nothing-require = There is no condition yet. Add a line.
condition-nothing-case = There is no condition yet. Add a line.
condition-nothing-only = Without a condition: all responses are counted.

condition-line = Line { $nth }
condition-group = Group { $nth }
condition-a-group = Group
condition-subject = Line { $nth }: what it is about
condition-operator = Line { $nth }: what it says
condition-value = Line { $nth }: value
condition-choose-subject = Choose a question…
condition-choose = Choose…
condition-later = { $name } (asked later)
condition-unknown = { $value } (does not exist)
condition-as-typed = Written as text
condition-find = Line { $nth }: search for a choice
condition-find-short = Search
condition-find-do = Search
condition-find-all = { $n ->
    [one] { $count } choice
   *[other] { $count } choices; search to see others
  }
condition-find-found = { $n ->
    [0] no choice matches
    [one] { $count } choice matches
   *[other] { $count } choices match
  }

condition-name-row = { $title } – { $part }
condition-name-attribute = { $title }: { $part }
condition-name-count = Number of choices: { $title }
condition-name-count-row = Number of choices: { $title } – { $part }
condition-name-units = Number of units: { $title }
condition-name-key = Unit: { $title }
condition-name-unit = { $title }: { $part }
condition-name-sum = Sum: { $title } ({ $roster })
condition-name-least = Least: { $title } ({ $roster })
condition-name-greatest = Greatest: { $title } ({ $roster })

condition-join = How the lines go together
condition-join-of = How the lines of group { $nth } go together
condition-join-all = all of these lines are true
condition-join-any = at least one of these lines is true
condition-join-none = none of these lines is true
condition-join-at-least = at least so many of these lines are true:
condition-n = How many lines
condition-and = and
condition-or = or
condition-nor = nor
condition-comma = +
condition-how = For how many units
condition-how-some = For at least one unit
condition-how-every = For every unit
condition-how-count = For this number of units:
condition-of-units = of “{ $roster }”:
condition-new-units = List of units

condition-group-value = Its value
condition-group-today = Today
condition-group-other = Another answer
condition-group-answer = Answered or not
condition-says-bool-holds = is yes
condition-says-bool-holds-not = is no
condition-says-number-is = equals
condition-says-number-is-not = does not equal
condition-says-number-less = is less than
condition-says-number-less-or-equal = is at most
condition-says-number-greater = is greater than
condition-says-number-greater-or-equal = is at least
condition-says-date-is = is
condition-says-date-is-not = is not
condition-says-date-less = is before
condition-says-date-less-or-equal = is no later than
condition-says-date-greater = is after
condition-says-date-greater-or-equal = is no earlier than
condition-says-today-is = is today
condition-says-today-is-not = is not today
condition-says-today-less = is before today
condition-says-today-less-or-equal = is no later than today
condition-says-today-greater = is after today
condition-says-today-greater-or-equal = is no earlier than today
condition-says-text-is = is
condition-says-text-is-not = is not
condition-says-code-is = is
condition-says-code-is-not = is not
condition-says-code-among = is one of
condition-says-code-not-among = is none of
condition-says-codes-has = includes
condition-says-codes-has-not = does not include
condition-says-other-is = equals the answer to
condition-says-other-is-not = does not equal the answer to
condition-says-other-less = is less than the answer to
condition-says-other-less-or-equal = is at most the answer to
condition-says-other-greater = is greater than the answer to
condition-says-other-greater-or-equal = is at least the answer to
condition-says-count-is = exactly
condition-says-count-is-not = not exactly
condition-says-count-less = fewer than
condition-says-count-less-or-equal = at most
condition-says-count-greater = more than
condition-says-count-greater-or-equal = at least
condition-says-any-answered = is answered
condition-says-any-not-answered = is not answered
condition-says-any-reason = has no answer because
condition-says-any-not-reason = does not lack an answer because
condition-says-any-reason-among = has no answer for one of these reasons
condition-says-any-reason-not-among = has no answer for none of these reasons
condition-reason-no_answer = nothing was answered
condition-reason-dont_know = the person does not know
condition-reason-refused = the person prefers not to answer
condition-reason-not_asked = the question is not asked
condition-reason-not_reached = the person stopped before it

condition-add-line = Add a line
condition-add-group = Add a group
condition-add-units = Add a group about its units
condition-add-text = Add a text
condition-add-more = Add something else
condition-add-in = { $what } (group { $nth })
condition-do-up = Move { $nth } up
condition-do-down = Move { $nth } down
condition-do-copy = Duplicate { $nth }
condition-do-remove = Remove { $nth }
condition-sign-copy = ❐

condition-todo-subject = Choose what this line is about.
condition-todo-operator = Choose what it says.
condition-todo-value = Give a value.
condition-todo-number = Write a number.
condition-todo-whole = Write a whole number.
condition-todo-date = Give a date.
condition-todo-text = Write a condition, or remove this line.
condition-todo-lines = Add a line to this group, or remove it.
condition-todo-gone = This cannot be read here. Choose something else.
condition-todo-waits = This depends on this very condition. Choose something else.
condition-todo-depth = There are too many groups inside each other.

condition-text = The same condition, as text
condition-text-hint = The lines follow this text, and it follows the lines.
condition-take-text = Take this text
condition-keep-lines = Keep the lines
condition-save-back = Save and go back
condition-save-anyway = Save in spite of the error
condition-update = Refresh
condition-leave = Go back without saving
condition-unsaved = This is not saved yet.

condition-in-words = In words
condition-no-sentence = The sentence is shown here once the questionnaire has no errors.
condition-who = Whom it concerns
condition-universe = Who gets here:
condition-no-cohort = Whom it concerns is counted once the questionnaire has no errors.
condition-kept-filter = Shown to { $kept } of { $reach } typical respondents who get here
condition-kept-offer = Offered to { $kept } of { $reach } typical respondents who have this question
condition-kept-require = Accepted for { $kept } of { $reach } typical respondents who have this question
condition-kept-case = Used for { $kept } of { $reach } typical respondents
condition-kept-units = By unit: { $kept } of { $reach }.
condition-reach = Typical respondents: { $n }. Together they go everywhere one can go. { $reach } get here.
condition-before = { $n ->
    [0] Nothing is asked before
    [one] { $count } question is asked before
   *[other] { $count } questions are asked before
  }
condition-nothing-found = Nothing to report.
condition-n-others = { $n ->
    [one] { $count } other remark about the questionnaire
   *[other] { $count } other remarks about the questionnaire
  }

team-error-condition_unfinished = A line is not finished. Finish it or remove it.
team-error-filter_wrong = This filter cannot be understood: mend what is marked.
team-error-condition_wrong = This condition cannot be read. Correct it, or save it in spite of the error.
team-error-condition_both = The text and the lines have both changed and no longer say the same. Choose one of them.
team-error-condition_broken = What is saved is no questionnaire any more: correct it as text, then save here again.
team-error-condition_needed = A condition is needed here.
