// A questionnaire may be dropped anywhere on the form that begins a study. Without this script it is picked.

const form = document.getElementById("begin");
const input = document.getElementById("file");

/** What a file says of its origin is chosen with it. */
function chosen() {
    const [file] = input.files;
    if (!file) return;
    form.querySelector("[name=from][value=file]").checked = true;
    const said = document.getElementById("dropped");
    said.textContent = said.dataset.words.replace("{name}", file.name);
}

if (form && input) {
    const drop = document.getElementById("drop");
    const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    let inside = 0;
    const over = (is) => form.toggleAttribute("data-over", is);
    document.getElementById("drop-hint").hidden = false;
    input.addEventListener("change", chosen);
    form.addEventListener("dragenter", (event) => {
        if (!brings(event)) return;
        inside += 1;
        over(true);
    });
    form.addEventListener("dragleave", () => {
        inside = Math.max(0, inside - 1);
        if (!inside) over(false);
    });
    form.addEventListener("dragover", (event) => {
        if (brings(event)) event.preventDefault();
    });
    form.addEventListener("drop", (event) => {
        inside = 0;
        over(false);
        if (!event.dataTransfer?.files.length) return;
        event.preventDefault();
        // A questionnaire is one file.
        const one = new DataTransfer();
        one.items.add(event.dataTransfer.files[0]);
        input.files = one.files;
        chosen();
        drop.scrollIntoView({ block: "nearest" });
        input.focus();
    });
    // Dropped beside the form a file would take the page's place.
    window.addEventListener("dragover", (event) => brings(event) && event.preventDefault());
    window.addEventListener("drop", (event) => brings(event) && event.preventDefault());
}
