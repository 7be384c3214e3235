
# Rehearsing what is being written; `rehearse.fr.ftl` has the same keys.

rehearse-title = Rehearsal
rehearse-now = Rehearse
rehearse-again = Rehearse again
rehearse-none-title = No rehearsal yet
rehearse-none = Rehearsing makes people up who answer the questionnaire as it is saved, published or not, and shows its tables. Nothing is published and no real response is touched.
rehearse-there = There is a rehearsal
rehearse-of-save = Save { $save }, rehearsed on { $day } at { $time }.
rehearse-of-published = Published version, rehearsed on { $day } at { $time }.
rehearse-count = { $n ->
    [one] { $count } made-up response.
   *[other] { $count } made-up responses.
}
rehearse-saved-since = The questionnaire was saved since: rehearse again to see what has become of it.
rehearse-see = See the made-up results
rehearse-remove = Remove the rehearsal
rehearse-who = Who answers
rehearse-who-cover = The people who cover all routes
rehearse-hint-cover = A few: together they go through every condition and every possible choice.
rehearse-who-drawn = People drawn at random
rehearse-hint-drawn = Plausible responses, to see tables that are full.
rehearse-n = How many
rehearse-n-hint = From 1 to { $most }.
rehearse-replaces = It will take the place of the rehearsal there is.
rehearse-promise = Responses of a rehearsal are never counted among, mixed with or exported with real ones.
rehearse-cannot = Not to be rehearsed yet
rehearse-done-removed = The rehearsal was removed, with all its made-up responses.
rehearse-about = These responses were made up to try out the questionnaire that you are writing. They are counted nowhere else.
rehearse-back = Back to the questionnaire

team-error-rehearsal_size = Give a number of people, from 1 to 1,000.
team-error-nobody_to_rehearse = Nobody can come to the end of this questionnaire, so there is nobody to make up. Its check says why.
team-did-rehearsal-begin = Questionnaire rehearsed
audit-key-save = save
