
# The link of a wave and what it says once it is closed; `wave.fr.ftl` has the same keys.

field-jumps = On this page
field-link = Link
field-link-hint = The public address of the wave. The QR code leads there; it stays right when the wave opens and closes.
field-qr-alt = QR code that leads to { $link }
field-qr-svg = Download the QR code (SVG, for layout)
field-qr-png = Download the QR code (PNG, 10 cm at 300 dots per inch)
field-closing = Closing message
field-closing-hint = What people read who come once the wave is closed, by its date or by hand. Plain text; an empty line parts two paragraphs; at most 2,000 characters. Empty: the usual sentence. A wave that is not open yet, or full, keeps its own.
field-message = Message in { $language }
field-message-shown = The page in { $language }
field-done-message = The closing message is saved.
field-done-opening-moved = The dates are saved. Opening has moved: people who were told the former date do not know yet.
field-done-closing-moved = The dates are saved. Closing has moved: people who were told the former date do not know yet.
field-done-dates-moved = The dates are saved. Opening and closing have moved: people who were told the former dates do not know yet.
team-did-wave-message = Closing message changed
team-error-bad_message = A closing message has at most 2,000 characters.
team-error-bad_language = The questionnaire does not speak this language.
audit-moved-opens = opening moved: { $change }
audit-moved-closes = closing moved: { $change }
