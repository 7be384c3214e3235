// The editor without leaving the page: what is typed is shown while it is typed, proven when the hand rests, saved when
// the field is left, and buttons do what they do without loading everything again. Without this script the same forms
// load pages.

const REST = 250;
const NEWS = 5000;
const editor = document.querySelector(".editor");
const form = document.getElementById("part");
const part = (name, from = document) => from.querySelector(`[data-part="${name}"]`);

let sent = "";

/** Puts parts of an answer in the place of the page's own. */
function put(page, names) {
    for (const name of names) {
        const [old, now] = [part(name), part(name, page)];
        if (!old || !now || old.innerHTML === now.innerHTML) continue;
        if (name === "preview" && preview(old, now)) continue;
        const scrolled = old.scrollTop;
        old.replaceChildren(...now.childNodes);
        old.scrollTop = scrolled;
        if (name === "findings") say(old.querySelector(".verdict")?.textContent ?? "");
    }
}

/** Tells screen readers whether it may be published, when that has changed: not all that was found. */
function say(words) {
    const place = document.getElementById("looked-said");
    if (place.textContent !== words) place.textContent = words;
}

/** Draws a preview inside its frame, so that it neither flashes nor scrolls away. */
function preview(old, now) {
    const [frame, next] = [old.querySelector("iframe"), now.querySelector("iframe")];
    const inside = frame?.contentDocument?.body;
    if (!inside || !next || frame.className !== next.className) return false;
    const page = new DOMParser().parseFromString(next.getAttribute("srcdoc"), "text/html");
    inside.replaceChildren(...page.body.childNodes);
    const look = (it) => it.querySelector(".looks")?.outerHTML;
    if (look(old) !== look(now)) old.querySelector(".looks").replaceWith(now.querySelector(".looks"));
    return true;
}

/** Sends a form, for an answer that `isIt`: this page again, if nothing else is said. */
async function ask(body, isIt = (page) => page.querySelector(".editor"), signal = null) {
    const answer = await fetch(form.action, { method: "POST", body, signal });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    // Signed out, another page, or an error of the program: the whole page says so.
    if (!isIt(page)) {
        location.assign(answer.url);
        return null;
    }
    const at = new URL(answer.url);
    at.searchParams.delete("done");
    return { page, ok: answer.ok, status: answer.status, url: at.href };
}

const fields = (button) => {
    const data = new FormData(form);
    data.set("do", button);
    return new URLSearchParams(data);
};

let looking = null;
let behind = false;
let proving = null;
let rest;

/** What is found of letters that another one followed, or of what is saved now, is not waited for. */
function stopProving() {
    clearTimeout(rest);
    proving?.abort();
}

function stop() {
    stopProving();
    looking?.abort();
    looking = null;
    behind = false;
}

/**
 * Shows what is typed now, before it is saved. One question at a time: letters that come before its answer are in the
 * next one, so that a slow network is never behind by more than one.
 */
async function look() {
    stopProving();
    behind = true;
    if (looking) return;
    const mine = new AbortController();
    looking = mine;
    try {
        while (behind && looking === mine) {
            behind = false;
            await glance("look", "preview", mine.signal);
        }
    } catch {
        // Something was saved, or the network is gone for a moment.
    }
    if (looking !== mine) return;
    looking = null;
    rest = setTimeout(prove, REST);
}

/** Says what is found of what is typed now. */
async function prove() {
    proving = new AbortController();
    try {
        await glance("prove", "findings", proving.signal);
    } catch {
        // The same.
    }
}

/** Asks for what shows the form as it stands, and tells whoever measures how far it is. */
async function glance(what, needed, signal) {
    const answer = await ask(fields(what), (page) => part(needed, page), signal);
    if (!answer) return;
    put(answer.page, ["preview", "findings"]);
    editor.dispatchEvent(new CustomEvent(what, { bubbles: true }));
}

let queue = Promise.resolve();

/**
 * Saves, or does what a button says; `data-turn` counts what is done, `data-pending` what is not done yet. One after the
 * other, in the order of the hand: leaving a field saves, and the click that left it may be on a button.
 */
function send(button, focus, isAuto = false) {
    const count = (name, by) => {
        editor.dataset[name] = Number(editor.dataset[name] ?? 0) + by;
    };
    count("pending", 1);
    queue = queue.then(async () => {
        await doing(button, focus, isAuto);
        count("turn", 1);
        count("pending", -1);
    });
    return queue;
}

async function doing(button, focus, isAuto) {
    stop();
    const body = fields(button);
    sent = String(body);
    const answer = await ask(body).catch(() => null);
    if (!answer) return;
    const summary = answer.page.getElementById("summary");
    document.getElementById("summary")?.remove();
    if (isAuto && answer.status === 422) {
        // What is half typed is not saved yet; nobody is taken away from where they are.
        document.getElementById("saved").textContent = summary?.querySelector("p")?.textContent ?? "";
        return;
    }
    const quiet = button === "save" && answer.ok;
    put(answer.page, ["said", "state", "outline", "preview", "findings"]);
    // While somebody types on, their field stays as it is.
    if (!quiet) put(answer.page, ["form"]);
    if (summary) {
        form.before(summary);
        summary.focus();
    } else if (!quiet) {
        history.replaceState(null, "", answer.url);
        (document.getElementById(focus) ?? form.querySelector("[data-part=form] :is(input:not([type=hidden]), textarea, select)"))?.focus();
    }
    sent = String(fields("save"));
}

const isField = (it) => it?.name?.includes("|");

if (editor && form) {
    form.addEventListener("input", (event) => {
        if (isField(event.target)) look();
    });
    form.addEventListener("change", (event) => {
        if (isField(event.target)) send("save", null, true);
    });
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const button = event.submitter?.value || "save";
        const id = document.activeElement?.id;
        const adds = button.match(/^add-(choice|row|check) /);
        send(button, adds ? `new-${adds[1]}` : id);
    });

    // Typing is undone by the browser; what was saved, by the editor.
    document.addEventListener("keydown", (event) => {
        const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
        if (!(event.ctrlKey || event.metaKey) || typing) return;
        const key = event.key.toLowerCase();
        if (key === "z" && !event.shiftKey) send("undo");
        else if (key === "y" || (key === "z" && event.shiftKey)) send("redo");
        else return;
        event.preventDefault();
    });

    // The preview's own form: no button is needed to look.
    editor.addEventListener("change", async (event) => {
        const looks = event.target.closest(".looks");
        if (!looks) return;
        const to = `${looks.action}?${new URLSearchParams(new FormData(looks))}`;
        const page = new DOMParser().parseFromString(await (await fetch(to)).text(), "text/html");
        put(page, ["preview", "form"]);
        history.replaceState(null, "", to);
        document.getElementById(event.target.id)?.focus();
    });

    outline(part("outline"));
    setInterval(news, NEWS);
}

/** Who else is here; what they saved is shown where nobody is typing. */
async function news() {
    if (document.hidden) return;
    const node = form.elements.node.value;
    const answer = await fetch(`${form.action}/news?node=${encodeURIComponent(node)}`, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return;
    const body = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const others = document.getElementById("others");
    if (others.innerHTML !== body.querySelector("#others").innerHTML) others.replaceWith(body.querySelector("#others"));
    const latest = body.querySelector("[data-revision]").dataset.revision;
    const typing = form.contains(document.activeElement) && isField(document.activeElement);
    const clean = !sent || sent === String(fields("save"));
    if (latest === form.elements.revision.value || typing || !clean) return;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    put(page, ["state", "outline", "form", "preview", "findings"]);
}

/** Alt and arrows move a line; so does dragging. Every move has its button in the part's form too. */
function outline(nav) {
    const line = (it) => it.closest?.("a[data-key]");
    const movable = (it) => /^(block|page|item):/.test(it?.dataset.key ?? "");
    const again = (key) => document.querySelector(`.outline a[data-key="${CSS.escape(key)}"]`);
    nav.addEventListener("keydown", async (event) => {
        const link = line(event.target);
        const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
        if (!link || !way) return;
        event.preventDefault();
        if (event.altKey && movable(link)) {
            const { key } = link.dataset;
            await send(`${way} ${key}`);
            again(key)?.focus();
            return;
        }
        const links = [...nav.querySelectorAll("a[data-key]")];
        links[links.indexOf(link) + (way === "up" ? -1 : 1)]?.focus();
    });

    // A click opens a part in place.
    nav.addEventListener("click", async (event) => {
        const link = line(event.target);
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
        const { key } = link.dataset;
        if (!part("form", page)) {
            location.assign(link.href);
            return;
        }
        document.getElementById("summary")?.remove();
        put(page, ["said", "state", "outline", "form", "preview", "findings"]);
        history.pushState(null, "", link.href);
        sent = "";
        again(key)?.focus();
    });
    window.addEventListener("popstate", () => location.reload());

    let held = null;
    const kind = (it) => it.dataset.key.split(":")[0];
    const clear = () => nav.querySelectorAll("[data-over]").forEach((it) => delete it.dataset.over);
    // Where a held line would go: beside one of its kind, or into what may hold it.
    const place = (target, event) => {
        const box = target.getBoundingClientRect();
        const half = event.clientY < box.top + box.height / 2 ? "before" : "after";
        if (kind(target) === kind(held)) return half;
        const into = { item: "page", page: "block" }[kind(held)];
        return kind(target) === into ? "into" : null;
    };
    nav.addEventListener("dragstart", (event) => {
        held = movable(line(event.target)) ? line(event.target) : null;
        if (held) event.dataTransfer.effectAllowed = "move";
    });
    nav.addEventListener("dragover", (event) => {
        const target = line(event.target);
        if (!held || !target || target === held) return;
        const where = place(target, event);
        clear();
        if (!where) return;
        event.preventDefault();
        target.dataset.over = where === "into" ? "after" : where;
    });
    nav.addEventListener("dragend", () => {
        clear();
        held = null;
    });
    nav.addEventListener("drop", async (event) => {
        const target = line(event.target);
        clear();
        if (!held || !target || target === held) return;
        const where = place(target, event);
        if (!where) return;
        event.preventDefault();
        const key = held.dataset.key;
        const body = fields(`put ${key}`);
        body.set("home", where === "into" ? target.dataset.key : "");
        body.set("beside", where === "into" ? "" : target.dataset.key);
        body.set("side", where);
        held = null;
        const answer = await ask(body);
        if (!answer) return;
        put(answer.page, ["said", "state", "outline", "form", "preview", "findings"]);
        again(key)?.focus();
    });
}
