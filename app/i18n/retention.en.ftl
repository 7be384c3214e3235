# What is kept of a wave, and until when; `retention.fr.ftl` has the same keys.

retention-title = Retention
retention-ended = The wave ended on { $day }.
retention-ends = The wave will end on { $day }.
retention-no-end = The wave has no closing date: it will end on the day on which you close it.
retention-contacts = Contact details, and addresses of invited people
retention-contacts-hint = Invited people stay counted, without their address or what the file said of them.
retention-drafts = Drafts
retention-drafts-hint = { $n ->
    [one] Empty: one day, as for every wave.
   *[other] Empty: { $n } days, as for every wave.
}
retention-answers = Responses
retention-answers-hint = Live results fall to zero with them: export first what is to stay.
retention-after-end = days after the wave has ended
retention-after-save = days after their last save
retention-kept = Not set: kept as long as the wave.
retention-on = Erased on { $day }.
retention-over = Over since { $day }: what still comes is erased within the hour.
retention-unknown = Erased on a day that will be known once the wave has an end.
retention-drafts-daily = { $n ->
    [one] Each day those are erased that nobody has gone on with for more than one day.
   *[other] Each day those are erased that nobody has gone on with for more than { $n } days.
}
retention-at-once = These days would erase within the hour, for good:
retention-confirm = Yes, erase them for good
retention-n-contacts = { $n ->
    [one] one contact detail or address
   *[other] { $count } contact details and addresses
}
retention-n-drafts = { $n ->
    [one] one draft
   *[other] { $count } drafts
}
retention-n-answers = { $n ->
    [one] one response
   *[other] { $count } responses
}
retention-gone = What was erased
retention-nothing-gone = Nothing has been erased yet: no days are over.
retention-audit = The study’s log says who set these days, and when

field-done-retention = The days are saved.
team-did-wave-erased = Erased as its days were over
team-error-bad_days = A number of days is a whole number from 0 to 36,500, or nothing.
team-error-erases_now = These days erase at once: confirm that.
