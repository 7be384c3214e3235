# The questionnaire on paper

print-title = Paper
print-hint = The questionnaire as it is filled in with a pen or read in a committee: filters are written out in words.
print-version = Version
print-working = Working version
print-published = Published version no. { $number }
print-language = Language
print-annotated = For a committee: identifiers, codes and conditions
print-show = Show
print-pdf = Download the PDF
print-how = To print this page, use your browser’s print command: only the questionnaire comes out on paper.
print-errors-title = Nothing to print yet
print-errors = This text has errors; the paper appears once they are corrected.
print-sheet = Printable questionnaire
