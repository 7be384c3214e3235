// Keeps the list of studies up to date: states and numbers in place, everything where a study or a wave is new.
// Without this script the page is as it was loaded.

const list = document.getElementById("home");
const line = document.getElementById("home-live");

function say(state) {
    if (line.dataset.state === state) return;
    line.dataset.state = state;
    line.textContent = line.dataset[state];
}

function put(now) {
    const cells = (from) => [...from.querySelectorAll("[data-cell]")];
    const [shown, next] = [cells(list), cells(now)];
    const keys = (all) => all.map((it) => it.dataset.cell).join(" ");
    if (keys(shown) !== keys(next)) {
        list.replaceChildren(...now.childNodes);
        return;
    }
    // Links stay as they are: whoever is on one is not taken away from it.
    shown.forEach((cell, at) => {
        if (cell.outerHTML !== next[at].outerHTML) cell.replaceWith(next[at]);
    });
}

if (list && line) {
    const source = new EventSource(list.dataset.live);
    source.addEventListener("open", () => say("on"));
    source.addEventListener("error", () => say(source.readyState === EventSource.CLOSED ? "ended" : "lost"));
    source.addEventListener("studies", (event) => {
        say("on");
        put(new DOMParser().parseFromString(JSON.parse(event.data), "text/html").body);
    });
}
