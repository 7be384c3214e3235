
# The team’s home; `home.fr.ftl` has the same keys.

home-n-studies = { $n ->
    [one] study
   *[other] studies
}
home-n-open = { $n ->
    [one] open wave
   *[other] open waves
}
home-n-responses = { $n ->
    [one] response
   *[other] responses
}
home-unpublished = Questionnaire not published yet.
home-no-wave = Questionnaire published, no wave so far.
home-day-opens = opens on { $day }
home-day-closes = until { $day }
home-day-closed = on { $day }
home-live = Up to date, live.
home-lost = Connection lost: trying again.
home-ended = These figures are no longer kept up to date: load the page again.
