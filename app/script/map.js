// The map without loading pages: zoom, fit, pan, one stop of Tab with arrows inside, and conditions begun by dragging
// a question onto what shall depend on it. Without this script buttons, links and the form below do the same.

const figure = document.getElementById("map");
const tools = document.getElementById("map-tools");
const joining = document.getElementById("map-join");
let svg = figure?.querySelector("svg");
const SIZES = [35, 50, 70, 85, 100, 125, 160, 200, 250, 320];
const SLACK = 6; // px that a pointer may tremble before it drags

/** What an address says about the size; links and forms keep it. */
function remember(size) {
    const at = new URL(location.href);
    at.searchParams.delete("size");
    at.searchParams.set("zoom", size);
    history.replaceState(null, "", at);
    let kept = tools.querySelector("[name=size]");
    if (!kept) {
        kept = Object.assign(document.createElement("input"), { type: "hidden", name: "size" });
        tools.prepend(kept);
    }
    kept.value = size;
}

const natural = svg && { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
const scale = () => (100 * svg.getBoundingClientRect().width) / natural.width;

/** Draws in a size in per cent, or as wide as the page; what is in the middle stays there. */
function size(to, at = { x: figure.clientWidth / 2, y: figure.clientHeight / 2 }) {
    const before = scale();
    const [x, y] = [(figure.scrollLeft + at.x) / before, (figure.scrollTop + at.y) / before];
    if (to === "fit") {
        svg.setAttribute("width", natural.width);
        svg.setAttribute("height", natural.height);
    } else {
        svg.setAttribute("width", (natural.width * to) / 100);
        svg.setAttribute("height", (natural.height * to) / 100);
    }
    figure.dataset.zoom = to;
    const after = scale();
    figure.scrollTo(x * after - at.x, y * after - at.y);
    remember(to);
}

function step(way, at) {
    const here = scale();
    const larger = SIZES.find((it) => it > here + 1) ?? SIZES.at(-1);
    const smaller = SIZES.findLast((it) => it < here - 1) ?? SIZES[0];
    size(way > 0 ? larger : smaller, at);
}

if (svg) {
    document.getElementById("map-drag").hidden = false;
    tools.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-size]");
        if (!button) return;
        event.preventDefault();
        const { size: what } = button.dataset;
        if (what === "fit") size("fit");
        else step(what === "larger" ? 1 : -1);
    });
    // Choosing is asking; the button is for those without this script.
    tools.addEventListener("change", (event) => {
        if (event.target.name === "way") show();
    });
    tools.addEventListener("submit", (event) => {
        event.preventDefault();
        show();
    });

    figure.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "+" || event.key === "=") step(1);
        else if (event.key === "-") step(-1);
        else if (event.key === "0") size("fit");
        else return;
        event.preventDefault();
    });
    figure.addEventListener(
        "wheel",
        (event) => {
            if (!event.ctrlKey) return;
            event.preventDefault();
            const box = figure.getBoundingClientRect();
            step(event.deltaY < 0 ? 1 : -1, { x: event.clientX - box.left, y: event.clientY - box.top });
        },
        { passive: false },
    );
    rove();
    drag();
}

/** Shows another way in the same place. */
async function show() {
    const to = `${tools.action}?${new URLSearchParams(new FormData(tools))}`;
    const answer = await fetch(to).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page && page.querySelector("#map svg");
    if (!next) {
        location.assign(to);
        return;
    }
    svg.replaceWith(next);
    svg = next;
    document.querySelector(".map-list").replaceWith(page.querySelector(".map-list"));
    history.replaceState(null, "", to);
    rove();
    figure.dataset.turn = 1 + Number(figure.dataset.turn ?? 0);
}

/** One stop of Tab for all links of the drawing; arrows go to the nearest in their direction. */
function rove() {
    const links = [...svg.querySelectorAll("a")];
    const only = (it) => links.forEach((link) => link.setAttribute("tabindex", link === it ? "0" : "-1"));
    if (!links.length) return;
    only(links[0]);
    const middle = (it) => {
        const box = it.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    };
    svg.addEventListener("focusin", (event) => {
        const link = event.target.closest("a");
        if (!link) return;
        only(link);
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    svg.addEventListener("keydown", (event) => {
        const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
        const here = event.target.closest("a");
        if (!way || !here || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        const from = middle(here);
        let best = null;
        for (const link of links) {
            const to = middle(link);
            const along = (to.x - from.x) * way[0] + (to.y - from.y) * way[1];
            const aside = Math.abs((to.x - from.x) * way[1]) + Math.abs((to.y - from.y) * way[0]);
            if (link === here || along < 2) continue;
            const far = along + 3 * aside;
            if (!best || far < best.far) best = { link, far };
        }
        best?.link.focus();
    });
}

/** Dragging the ground pans; dragging a question draws a line, and begins a condition where it ends. */
function drag() {
    let held = null;
    // Browsers drag links as addresses.
    document.addEventListener("dragstart", (event) => {
        if (event.target.closest?.("a[data-key]")) event.preventDefault();
    });
    const place = (event) => {
        const under = document.elementFromPoint(event.clientX, event.clientY);
        const link = under?.closest?.("a[data-key]");
        return link && link.dataset.key !== held.key ? link : null;
    };
    const over = (link) => {
        document.querySelectorAll("[data-over]").forEach((it) => it !== link && it.removeAttribute("data-over"));
        link?.setAttribute("data-over", "");
    };
    const inside = (x, y) => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
    document.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || event.pointerType === "touch") return;
        const link = event.target.closest?.("#map a[data-key], .map-list a[data-key]");
        const question = link && joining.elements.from.querySelector(`option[value="${CSS.escape(link.dataset.key)}"]`);
        const ground = !link && event.target.closest?.("#map") && !event.target.closest("a");
        if (!question && !ground) return;
        held = {
            key: link?.dataset.key,
            x: event.clientX,
            y: event.clientY,
            left: figure.scrollLeft,
            top: figure.scrollTop,
            moves: false,
        };
    });
    document.addEventListener("pointermove", (event) => {
        if (!held) return;
        const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
        if (!held.moves && Math.hypot(dx, dy) < SLACK) return;
        held.moves = true;
        figure.dataset.held = "";
        if (!held.key) {
            figure.scrollTo(held.left - dx, held.top - dy);
            return;
        }
        if (!held.rubber) {
            held.rubber = document.createElementNS("http://www.w3.org/2000/svg", "path");
            held.rubber.setAttribute("class", "rubber");
            svg.append(held.rubber);
        }
        const [from, to] = [inside(held.x, held.y), inside(event.clientX, event.clientY)];
        held.rubber.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
        over(place(event));
    });
    const end = (event) => {
        if (!held) return;
        const { key, moves, rubber } = held;
        const link = moves && key && event.type === "pointerup" ? place(event) : null;
        rubber?.remove();
        over(null);
        delete figure.dataset.held;
        held = null;
        if (!moves) return;
        // The click that follows a drag opens nothing.
        const swallow = (click) => click.preventDefault();
        document.addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
        if (!link) return;
        joining.elements.from.value = key;
        joining.elements.to.value = link.dataset.key;
        if (joining.elements.to.value) joining.requestSubmit();
    };
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
}
