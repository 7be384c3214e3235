// A condition is put together without leaving the page: what is chosen is looked at as soon as it is, and buttons do
// what they do without loading everything again. Nothing is saved before somebody says so. Without this script the same
// form loads pages.

const LOOK = 400;
const WORD = 700;
const form = document.getElementById("part");
const part = (name, from = document) => from.querySelector(`[data-part="${name}"]`);

let asked;
let timer;

/** Puts parts of an answer in the place of the page's own. */
function put(page, names) {
    for (const name of names) {
        const [old, now] = [part(name), part(name, page)];
        if (!old || !now || old.innerHTML === now.innerHTML) continue;
        const open = [...old.querySelectorAll("details")].map((it) => it.open);
        old.replaceChildren(...now.childNodes);
        const folds = [...old.querySelectorAll("details")];
        // Whatever was unfolded stays unfolded, where it is still there.
        if (folds.length === open.length) folds.forEach((it, nth) => (it.open = open[nth]));
    }
    plain();
}

/** Buttons that only pages without scripts need. */
function plain() {
    for (const it of document.querySelectorAll("[data-plain]")) it.hidden = true;
}

const fields = (button) => {
    const data = new FormData(form);
    data.set("do", button);
    return new URLSearchParams(data);
};

/** What somebody was at, to bring them back to it. */
function here() {
    const it = document.activeElement;
    if (!it || !form.contains(it)) return () => {};
    const { id, value, localName } = it;
    const nth = [...form.querySelectorAll(localName)].indexOf(it);
    const caret = typeof it.selectionStart === "number" ? [it.selectionStart, it.selectionEnd] : null;
    return () => {
        const again = id ? document.getElementById(id) : form.querySelectorAll(localName)[nth];
        if (!again || document.activeElement === again) return;
        again.focus();
        if (caret && again.value === value) again.setSelectionRange(...caret);
    };
}

async function ask(body, signal) {
    const answer = await fetch(form.action, { method: "POST", body, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Somewhere else, signed out, or an error of the program: the whole page says so.
    if (!part("form", page) || !page.querySelector(".conditioner")) {
        location.assign(answer.url);
        return null;
    }
    const at = new URL(answer.url);
    at.searchParams.delete("done");
    return { page, url: at.href };
}

/** Shows what comes of what is chosen and typed now. */
async function look(names) {
    clearTimeout(timer);
    asked?.abort();
    asked = new AbortController();
    const body = fields("look");
    try {
        const answer = await ask(body, asked.signal);
        if (!answer) return;
        // Whoever has typed on meanwhile keeps what is typed; it is looked at once they leave the field.
        if (String(fields("look")) !== String(body)) {
            put(answer.page, ["beside"]);
            return;
        }
        const back = here();
        put(answer.page, names);
        back();
        turned();
    } catch {
        // A newer question took its place, or the network is gone for a moment.
    }
}

/** Does what a button says. */
async function send(button, id) {
    clearTimeout(timer);
    asked?.abort();
    const answer = await ask(fields(button)).catch(() => null);
    if (answer) {
        const summary = answer.page.getElementById("summary");
        document.getElementById("summary")?.remove();
        // Only a page that is loaded is focused by itself.
        const focus = answer.page.querySelector("[autofocus]")?.id;
        answer.page.querySelector("[autofocus]")?.removeAttribute("autofocus");
        put(answer.page, ["said", "state", "form", "beside"]);
        history.replaceState(null, "", answer.url);
        if (summary) {
            document.querySelector(".conditioner").before(summary);
            summary.focus();
        } else {
            (document.getElementById(focus) ?? document.getElementById(id) ?? form.querySelector(".sentence select"))?.focus();
        }
    }
    turned();
}

/** Counts what is done, for whoever waits for it. */
function turned() {
    const root = document.querySelector(".conditioner");
    root.dataset.turn = 1 + Number(root.dataset.turn ?? 0);
}

if (form?.closest(".conditioner")) {
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const button = event.submitter?.value || "update";
        send(button, document.activeElement?.id);
    });
    // A button that is being pressed stays where it is until it is let go.
    let held = false;
    for (const [what, is] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
        document.addEventListener(what, () => (held = is), true);
    }
    // Nor does a list in which somebody types the beginning of a word.
    let typed = 0;
    form.addEventListener("keydown", (event) => {
        typed = event.target.localName === "select" && event.key.length === 1 ? performance.now() : 0;
    });
    const soon = () => {
        const busy = () => held || performance.now() - typed < WORD;
        timer = setTimeout(() => (busy() ? soon() : look(["form", "beside"])), 50);
    };
    form.addEventListener("change", (event) => {
        if (event.target.closest(".adding")) return;
        clearTimeout(timer);
        soon();
    });
    form.addEventListener("input", (event) => {
        const it = event.target;
        clearTimeout(timer);
        if (it.id === "text") timer = setTimeout(look, LOOK, ["beside"]);
        else if (it.type === "search") timer = setTimeout(look, LOOK, ["form"]);
    });
    plain();
}
