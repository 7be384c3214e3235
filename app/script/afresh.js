// Keeps a part of a page up to date while somebody looks at it: `data-afresh` is where it comes from.
// Without this script the part is as it was when the page was loaded.

const EVERY = 5000;

function keep(place) {
    let shown = "";
    const again = async () => {
        if (document.hidden) {
            return true;
        }
        try {
            // Whoever is signed out meanwhile is led elsewhere: that is no answer.
            const answer = await fetch(place.dataset.afresh, { redirect: "manual" });
            if (!answer.ok) {
                return answer.status >= 500;
            }
            const text = await answer.text();
            if (text !== shown) {
                const part = new DOMParser().parseFromString(text, "text/html").body;
                place.replaceChildren(...part.childNodes);
                shown = text;
            }
        } catch {
            // The network comes and goes.
        }
        return true;
    };
    const turn = async () => {
        if (await again()) {
            setTimeout(turn, EVERY);
        }
    };
    setTimeout(turn, EVERY);
}

document.querySelectorAll("[data-afresh]").forEach(keep);
