// The text of a questionnaire in an editor: colours, completion, and what is found while one types, beside its line.
// The plain field stays behind it: it holds the text, and is the form's. Without this script it is all there is.
//
// The editor lives in a shadow tree: its own style sheets are adopted there, so that the policy of the page stays
// as strict as elsewhere, and no rule of ours meets one of its.

import { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { offers } from "./source/offers.js";

const WAIT = 300; // ms without a key before the text is looked at
const IDLE = 1500; // ms before the covering cohort is drawn, which takes longer
const field = document.getElementById("source");
const form = document.getElementById("text");
const found = document.getElementById("found");

// Colours are those of the page, light and dark.
const colours = HighlightStyle.define([
    { tag: tags.propertyName, color: "var(--accent)" },
    { tag: [tags.definition(tags.propertyName), tags.labelName], color: "var(--accent)" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--success)" },
    { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--caution)" },
    { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
    { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--muted)" },
]);
const look = EditorView.theme({
    "&": { color: "var(--ink)", backgroundColor: "var(--page)", blockSize: "min(72vh, 60rem)", fontSize: "0.875rem" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace', lineHeight: "1.5" },
    ".cm-content": { caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { color: "var(--muted)", backgroundColor: "var(--soft)", borderRight: "1px solid var(--line)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 8%, transparent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
        background: "color-mix(in srgb, var(--accent) 28%, transparent)",
    },
    ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--soft)", border: "1px solid var(--edge)" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--on-accent)", background: "var(--accent)" },
    ".cm-diagnostic-error": { borderLeftColor: "var(--danger)" },
    ".cm-diagnostic-warning": { borderLeftColor: "var(--caution)" },
    ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--danger)" },
    ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dotted var(--caution)" },
    ".cm-lintRange-info": { backgroundImage: "none", borderBottom: "1px dotted var(--muted)" },
    ".cm-panel button, .cm-panel input": { color: "inherit", background: "var(--page)", border: "1px solid var(--edge)" },
});

let names = { items: [], lists: [] };
let view;
let timer;
let idle;
let asking = false;
let again = null;

/** Asks what is found: one question at a time; of those that wait only the newest is asked. */
async function ask(cover) {
    if (asking) {
        again = cover || again;
        if (again === null) again = false;
        return;
    }
    asking = true;
    const doc = view.state.doc;
    const began = performance.now();
    try {
        const body = new URLSearchParams({ source: doc.toString(), cover: cover ? "on" : "" });
        const answer = await fetch(form.dataset.findings, { method: "POST", body, redirect: "manual" });
        // Signed out, or an error of the program: the text stays; saving it says what is the matter.
        if (answer.ok) tell(await answer.json(), doc);
        form.dataset.looked = (performance.now() - began).toFixed(1);
    } catch {
        // The network is gone for a moment.
    }
    asking = false;
    form.dataset.turn = 1 + Number(form.dataset.turn ?? 0);
    if (again !== null) {
        const next = again;
        again = null;
        ask(next);
    }
}

/** Shows what was found of a text, at its places if it is still the text. */
function tell(it, doc) {
    const open = [...found.querySelectorAll("details")].map((it) => it.open);
    found.innerHTML = it.panel;
    found.querySelectorAll("details").forEach((it, nth) => (it.open = open[nth] ?? false));
    const verdict = found.querySelector(".verdict")?.textContent ?? "";
    const said = document.getElementById("looked-said");
    if (said.textContent !== verdict) said.textContent = verdict;
    names = it.names ?? names;
    if (!view.state.doc.eq(doc)) return;
    const marks = it.marks.map((mark) => {
        const from = place(mark.line, mark.column);
        const word = /^[\p{L}\p{N}_.-]+/u.exec(doc.sliceString(from, doc.lineAt(from).to))?.[0].length ?? 0;
        const to = Math.max(from + word, Math.min(from + 1, doc.lineAt(from).to));
        const message = mark.advice ? `${mark.message} ${mark.advice}` : mark.message;
        return { from, to, severity: mark.severity, source: mark.code, message };
    });
    marks.sort((a, b) => a.from - b.from || a.to - b.to);
    view.dispatch(setDiagnostics(view.state, marks));
}

/** Where a line and a column are, both from 1; columns count characters as people do. */
function place(line, column) {
    const { doc } = view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const before = [...at.text].slice(0, Math.max(column, 1) - 1).join("");
    return at.from + Math.min(before.length, at.length);
}

function go(line, column) {
    const at = place(line, column);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
}

function typed(update) {
    if (!update.docChanged) return;
    field.value = update.state.doc.toString();
    clearTimeout(timer);
    clearTimeout(idle);
    timer = setTimeout(ask, WAIT, false);
    idle = setTimeout(ask, IDLE, true);
}

function begin() {
    const words = JSON.parse(form.dataset.words);
    const host = document.createElement("div");
    host.className = "code-editor";
    field.before(host);
    const root = host.attachShadow({ mode: "open" });
    const label = document.querySelector("label[for=source]");
    const attributes = { "aria-label": label.textContent, spellcheck: "false", autocapitalize: "off", tabindex: "0" };
    if (field.ariaInvalid === "true") attributes["aria-invalid"] = "true";
    // What describes the field stands outside of the shadow tree; references do not reach there.
    const hints = ["source-error", "source-hint", "source-keys"].map((it) => document.getElementById(it));
    const hint = document.getElementById("source-keys");
    hint.hidden = false;
    attributes["aria-description"] = hints.map((it) => it?.textContent ?? "").join(" ").trim();
    view = new EditorView({
        parent: root,
        root,
        state: EditorState.create({
            doc: field.value,
            extensions: [
                EditorState.phrases.of(words),
                EditorState.tabSize.of(2),
                EditorView.contentAttributes.of(attributes),
                EditorView.updateListener.of(typed),
                lineNumbers(),
                highlightActiveLine(),
                highlightActiveLineGutter(),
                foldGutter(),
                lintGutter(),
                history(),
                drawSelection(),
                indentOnInput(),
                bracketMatching(),
                highlightSelectionMatches(),
                search({ top: true }),
                yaml(),
                syntaxHighlighting(colours),
                look,
                autocompletion({ icons: false, override: [(context) => offers(context, names)] }),
                // Tab is not among them: it leaves the editor, as it leaves every field.
                keymap.of([
                    { key: "Ctrl-Space", run: startCompletion },
                    ...defaultKeymap,
                    ...historyKeymap,
                    ...searchKeymap,
                    ...foldKeymap,
                    ...completionKeymap,
                    ...lintKeymap,
                ]),
            ],
        }),
    });
    field.hidden = true;
    label.addEventListener("click", () => view.focus());
    document.addEventListener("click", (event) => {
        const link = event.target.closest('a[href="#source"]');
        if (!link) return;
        event.preventDefault();
        if (link.dataset.line) go(Number(link.dataset.line), Number(link.dataset.column ?? 1));
        else view.focus();
    });
    // For tests and extensions of browsers: what is written into the field is written into the editor.
    host.editor = view;
    ask(true);
}

if (field && form) begin();
