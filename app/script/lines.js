// Leads from what was found to its line of the text. Without this script the line has its number only.

const field = document.getElementById("source");

function select(line) {
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    const height = field.scrollHeight / lines.length;
    field.scrollTop = Math.max(0, (line - 4) * height);
}

document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (field && link) {
        event.preventDefault();
        select(Number(link.dataset.line));
    }
});
