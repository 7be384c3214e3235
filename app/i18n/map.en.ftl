# The branch map and the editor of the text; `map.fr.ftl` has the same keys.

map-title = Map
map-drawing = Map of the branches
map-hint = A question opens its form; a condition, where it is changed.
map-hint-drag = Drag one question onto another to make the second depend on it.
map-none-title = No map yet
map-none = The map is drawn as soon as the questionnaire has no errors.
map-to-editor = Go to the editor
map-way = Show a route
map-way-none = None in particular
map-people = Typical respondents
map-person = { $n } — { $asked ->
    [one] 1 question asked
   *[other] { $asked } questions asked
  }
map-ways-to = To get to
map-show = Show
map-size = Size of the drawing
map-smaller = Smaller
map-larger = Larger
map-fit = Fit to the page
map-sign-smaller = −
map-sign-larger = +
map-sign-fit = Fit
map-never = Nobody can get to:
map-is-never = never asked
map-is-on = on the route
map-is-off = off the route
map-if = if
map-reads = Depends on:
map-list = The same map as a list
map-edit-condition = Change the condition:
map-join = Join two parts
map-join-hint = The second will be shown only for some answers to the first: the condition begins with the first possible answer, and opens so that you can say it exactly. “Undo”, in the editor, takes it away.
map-join-from = Join the question
map-join-to = to
map-join-now = Join
team-error-map_itself = A part cannot depend on itself.
team-error-map_not_there = This answer cannot be read at that place.

code-keys = Tab leaves the text; Ctrl + Space offers what can be written; F8 goes to the next finding.
code-completions = Completions
code-diagnostics = Findings
code-no-diagnostics = No findings
code-selection-deleted = Selection deleted
code-control = Control character
code-find = Find
code-replacement = Replace with
code-next = next
code-previous = previous
code-all = all
code-case = match case
code-word = whole word
code-regexp = regular expression
code-replace = replace
code-replace-all = replace all
code-close = close
code-match = match
code-on-line = on line
code-replaced = replaced $ matches
