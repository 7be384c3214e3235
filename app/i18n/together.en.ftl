# Several people prepare one response; `together.fr.ftl` has the same keys.

together-title = Answer together
together-lead = Hand pages, or the whole response, to colleagues: each gets a link, without account or password. You alone check it and send it.
together-people = Who has pages from you
together-nobody = Nobody yet.
together-who = { $label } (signs “{ $name }”)
together-state-offered = The link has not been opened yet.
together-state-joined = Is answering.
together-state-finished = Is done.
together-state-withdrawn = Link taken back. What was written stays in the response.
together-whole = The whole response
together-progress = { $given } of { $asked }
together-not-asked = does not concern you for now
together-take-back = Take the link back
together-hand-over = Hand pages over
together-label = To whom?
together-label-hint = A name or a job, so that you find your way: “Marie, budget”.
together-pages = Which pages?
together-pages-hint = No box ticked: the whole response.
together-holder = Your name
together-holder-hint = Your colleagues will read it beside your answers. Optional.
together-holder-unnamed = the person who began the response
together-you = you
together-name-missing = Give a name or a job.
together-make = Make the link
together-new = The link for { $name }
together-new-once = Copy this link now and pass it on: it will not be shown again. Whoever has it can answer these pages until you take it back or send the response.
together-full = You have made twenty links: a response has no more.
together-go-on = Back to my answers
together-privacy = Names serve while the response is prepared. They are erased when you send it, and stand neither in results nor in data files.

handed-title = Answer for a colleague
handed-lead = A part of a response to the survey “{ $study }” is handed to you by { $who }.
handed-note = There is no account and no password. You will see only the pages handed to you.
handed-open = Open

part-title = The pages handed to you
part-lead = You answer with { $who }, who will check everything and send it.
part-name = Your name or your job
part-name-hint = Those who prepare this response will read it beside what you write. It is erased when the response is sent.
part-join = Begin
part-hello = You sign “{ $name }”. What you write is saved at each step; you can come back by the same link.
part-finish-note = When your pages are ready, say so: whoever sends the response will see it.
part-finish = I am done
part-finished = Thank you! You have said that you are done. Sending is up to { $who }.
part-reopen = I am not done

disagreements = { $n ->
    [one] Two different answers to a question
   *[other] Different answers to { $n } questions
}
disagreements-help = Several people answered at the same time. Nothing is lost: choose the answer to keep.
disagreement-keep = Keep the one of { $who }
disagreement-keep-mine = Keep mine
disagreement-page = See the question

review-together = Answer together: hand pages over
review-author = Written by { $who }
review-unfinished = Have not said that they are done: { $who }.
review-sign = I have read and sign off the answers, also those of: { $who }
review-unsigned = Tick this box to sign off answers that several people wrote.

problem-part-gone-title = This link leads nowhere
problem-part-gone = It is incomplete, or whoever gave it to you took it back. Ask them for a new one.
problem-part-sent-title = The response was sent
problem-part-sent = Whoever handed you pages has sent the response. Thank you for your part! There is nothing left to do.
