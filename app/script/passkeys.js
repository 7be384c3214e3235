// Passkeys: asks the server for a challenge, the device for a proof, and brings it back. A plain script, as
// browsers hand passkeys to JavaScript only. Every address and every word stands in the page.

const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));

const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// What went wrong, by the code of its words.
class Fault extends Error {}

async function send(address, body) {
    const answer = await fetch(address, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Fault(said.code);
    return said;
}

async function prove({ publicKey: ask }) {
    ask.challenge = bytes(ask.challenge);
    for (const it of ask.allowCredentials ?? []) it.id = bytes(it.id);
    const { id, rawId, type, response } = await navigator.credentials.get({ publicKey: ask });
    return {
        id,
        rawId: text(rawId),
        type,
        response: {
            authenticatorData: text(response.authenticatorData),
            clientDataJSON: text(response.clientDataJSON),
            signature: text(response.signature),
            userHandle: response.userHandle ? text(response.userHandle) : null,
        },
    };
}

async function make({ publicKey: ask }) {
    ask.challenge = bytes(ask.challenge);
    ask.user.id = bytes(ask.user.id);
    for (const it of ask.excludeCredentials ?? []) it.id = bytes(it.id);
    const { id, rawId, type, response } = await navigator.credentials.create({ publicKey: ask });
    return {
        id,
        rawId: text(rawId),
        type,
        response: {
            attestationObject: text(response.attestationObject),
            clientDataJSON: text(response.clientDataJSON),
        },
    };
}

function code(error) {
    if (error instanceof Fault) return error.message;
    return { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" }[error.name];
}

function wake(box) {
    const { passkey, challenge, finish } = box.dataset;
    const words = JSON.parse(box.dataset.words);
    const [form, said, without] = ["form", "[role=status]", ":scope > .hint"].map((it) => box.querySelector(it));
    if (!window.PublicKeyCredential) {
        without.textContent = words.unsupported;
        return;
    }
    without.remove();
    form.hidden = false;
    let busy = false;
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (busy) return;
        busy = true;
        said.classList.remove("fault");
        said.textContent = words.waiting;
        try {
            const ask = await send(challenge, {});
            const answer = await (passkey === "make" ? make : prove)(ask);
            const { to } = await send(finish, { ...Object.fromEntries(new FormData(form)), answer });
            location.assign(to);
        } catch (error) {
            said.classList.add("fault");
            said.textContent = words[code(error)] ?? words.trouble;
            busy = false;
        }
    });
}

document.querySelectorAll("[data-passkey]").forEach(wake);
