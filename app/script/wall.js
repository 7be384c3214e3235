// Keys follow the links of a figure that is shown large: arrows and the buttons of a presenter go on and back, Escape leaves.
// Without this script the links are there all the same.

const FOLLOW = {
    ArrowRight: "[rel=next]",
    PageDown: "[rel=next]",
    " ": "[rel=next]",
    ArrowLeft: "[rel=prev]",
    PageUp: "[rel=prev]",
    Escape: ".leave",
};

const wall = document.getElementById("wall");

if (wall) {
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        // A link that has the focus is pressed by its own keys.
        if (event.key === " " && event.target !== document.body) return;
        const link = FOLLOW[event.key] && wall.querySelector(`a${FOLLOW[event.key]}`);
        if (!link) return;
        event.preventDefault();
        link.click();
    });
}
