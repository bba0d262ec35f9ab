import type { LinkPortState } from "../../io/linkPort.js";
import type { Notices } from "../notices.js";
import type { LinkSession } from "./linkSession.js";

/**
 * Says aloud what happens to one link: a wire that was there and is gone is danger, one that never opened a caution. The
 * same trouble is said once, however often it is tried again.
 */
export class LinkWatch {
  readonly #notices: Notices;
  readonly #log: (line: string) => void;
  #said: "none" | "failed" | "lost" | "silent" = "none";
  #because = "";

  constructor(notices: Notices, log: (line: string) => void) {
    this.#notices = notices;
    this.#log = log;
  }

  onState(name: string, uri: string, state: LinkPortState): void {
    if (state.kind === "opening") return;
    if (state.kind === "open") {
      this.#back(name);
      return;
    }
    if (this.#said === state.kind && this.#because === state.because) return;
    this.#said = state.kind;
    this.#because = state.because;
    const id = `link:${name}`;
    const facts = { link: name, uri, because: state.because };
    if (state.kind === "failed") this.#notices.say({ id, severity: "caution", key: "link-failed", facts });
    else this.#notices.say({ id, severity: "danger", key: "link-lost", facts });
    this.#log(`vigie: ${uri}: ${state.because}`);
  }

  /** An open wire on which nothing comes any more; `isToldOtherwise` where a lost vehicle says it louder. */
  onTick(link: LinkSession, isToldOtherwise: boolean): void {
    if (link.portState().kind !== "open") return;
    const { state, because = "" } = link.status();
    if (state === "open") {
      if (this.#said === "silent") this.#back(link.name);
      return;
    }
    if (state !== "lost" || this.#said !== "none" || isToldOtherwise) return;
    this.#said = "silent";
    const facts = { link: link.name, uri: link.uri, because };
    this.#notices.say({ id: `link:${link.name}`, severity: "danger", key: "link-lost", facts });
  }

  #back(name: string): void {
    if (this.#said !== "none") {
      this.#notices.say({ id: `link:${name}`, severity: "info", key: "link-back", facts: { link: name } });
    }
    this.#said = "none";
    this.#because = "";
  }
}
