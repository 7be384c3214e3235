
## Invitations

optout-title = Receive no more messages
optout-lead = You will receive no more messages about this survey: “{ $title }”.
optout-note = Your personal link stays good: you can still answer if you change your mind.
optout-confirm = Stop writing to me
optout-done-title = We will not write to you any more
optout-done = Noted: you will receive no more messages about this survey. One that has already left may still reach you.

problem-full-title = This survey has all the answers it needs
problem-full = It takes no more. Thank you for your interest.
problem-not-invited-title = This survey is by invitation
problem-not-invited = To answer, open the personal link in the message you received. Without a message, ask the survey team.
problem-link-title = This link opens no questionnaire
problem-link = It may be incomplete, or it has served already. Open it from the message you received, in full.
problem-answered-title = You have already answered
problem-answered = Answers were sent with this invitation, and it serves only once. Thank you!
