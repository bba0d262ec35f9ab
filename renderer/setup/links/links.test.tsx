// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { err, ok } from "../../../src/core/result.js";
import type { UiRequest } from "../../../src/contract/messages.js";
import { makeFormat } from "../../app/format.js";
import { translatorFor } from "../../app/text.js";
import { VEHICLE } from "../../bridge/testing/builders.js";
import { demoLink } from "../../bridge/testing/fakeServices.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { openSetup } from "../testing/openSetup.js";
import { FIRST_FORM, formOfUri, formProblem, type LinkForm, linkUriOf } from "./linkForm.js";
import { linkRow } from "./linkRow.js";

const t = translatorFor("en");

afterEach(cleanup);

describe("the form of a link", () => {
  const form = (change: Partial<LinkForm>): LinkForm => ({ ...FIRST_FORM, ...change });
  it.each([
    [{}, "udp://:14550"],
    [{ host: "0.0.0.0" }, "udpin://0.0.0.0:14550"],
    [{ kind: "udp-connect", host: "10.0.0.7" }, "udp://10.0.0.7:14550"],
    [{ kind: "tcp-connect", host: "::1", port: "5760" }, "tcp://[::1]:5760"],
    [{ kind: "tcp-listen", port: "5760" }, "tcpin://:5760"],
    [{ kind: "serial", device: "/dev/ttyUSB0" }, "serial:/dev/ttyUSB0:57600"],
  ] as const)("%j is %s, and back", (change, uri) => {
    expect(linkUriOf(form(change))).toBe(uri);
    const read = formOfUri(uri);
    expect(read && linkUriOf(read)).toBe(uri);
    expect(read?.kind).toBe(form(change).kind);
    expect(formProblem(form(change))).toBeUndefined();
  });
  it.each([
    [{ kind: "udp-connect" }, "host", "host"],
    [{ kind: "tcp-connect", host: "a b" }, "host", "host-bad"],
    [{ port: "70000" }, "port", "port"],
    [{ port: "" }, "port", "port"],
    [{ kind: "serial" }, "device", "device"],
    [{ kind: "serial", device: "ttyUSB0" }, "device", "device-bad"],
    [{ kind: "serial", device: "COM3", baud: "fast" }, "baud", "baud"],
  ] as const)("%j is wrong at %s", (change, field, name) => {
    expect(formProblem(form(change))).toEqual({ field, key: `setup.links.problem.${name}` });
  });
  it.each(["", "udp", "http://x:1", "serial:/dev/ttyUSB0"])("%j is no address", (uri) => {
    expect(formOfUri(uri)).toBeUndefined();
  });
});

describe("a link in words", () => {
  const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
  const row = (change: Parameters<typeof demoLink>[0]) => linkRow(t, format, demoLink(change), 60_000);
  const base = { name: "a", uri: "udp://:1" };
  it("says state, why and when it is tried again", () => {
    const lost = row({
      ...base,
      state: "lost",
      because: "ECONNRESET",
      retryAtMonoMs: 68_000,
      lastReceivedMonoMs: 19_000,
    });
    expect([lost.sign, lost.state, lost.because]).toEqual(["■", "lost", "the other side closed it"]);
    expect(lost.retry.replaceAll("\u00a0", " ")).toBe("again in 8 s");
    expect(lost.lastReceived.replaceAll("\u00a0", " ")).toBe("41 s ago");
    expect(lost.lastReceivedTone).toBe("danger");
    expect(row({ ...base, state: "failed", retryAtMonoMs: 60_100 }).retry).toBe("trying again…");
  });
  it.each([
    ["bind EADDRINUSE 0.0.0.0:14550", "another program holds this port: close it, or take another port"],
    ["connect ECONNREFUSED 127.0.0.1:5760", "nobody answers at that port"],
    ["getaddrinfo ENOTFOUND relay", "no host of that name: check it, and the network"],
    ["Error: No such file or directory, cannot open /dev/ttyUSB0", "the port is not there: plug the radio in"],
    ["Error Resource temporarily unavailable Cannot lock port", "another program uses the port: close it"],
    ["something new", "the system could not open or use it"],
    ["connect EPROTO", "the system could not connect to it, and says EPROTO"],
  ])("%s means %s", (because, words) => {
    expect(row({ ...base, state: "failed", because }).because).toBe(words);
  });
  it("is loud about loss, bad checksums and refused signatures, and shows nothing that was never measured", () => {
    expect(row({ ...base, lossFraction: 0.3 }).lossTone).toBe("danger");
    expect(row({ ...base, countOfBadChecksums: 2, countOfUnknownIds: 1 })).toMatchObject({
      errors: "3",
      errorsTone: "caution",
    });
    expect(row({ ...base, countOfMessages: 0 }).loss).toBe("––");
    const signing = {
      policy: "require",
      keyName: "k",
      countOfSigned: 9,
      countOfUnsigned: 0,
      countOfRefused: 3,
    } as const;
    expect(row({ ...base, signing })).toMatchObject({ signing: "9 yes, 0 no", refused: "3 refused" });
  });
});

describe("the Links page", () => {
  const links = [demoLink({ name: "udp", uri: "udp://:14550" })];
  const answers = (request: UiRequest) =>
    request.kind === "list-serial-ports"
      ? ok({ kind: "serial-ports", ports: [{ path: "/dev/ttyACM0", manufacturer: "Holybro" }] } as const)
      : done;
  const asked = (station: ReturnType<typeof openSetup>, kind: UiRequest["kind"]) =>
    station.transport.requests().filter((request) => request.kind === kind);

  it("says how to connect a first aircraft", () => {
    openSetup("links", { batch: { vehicles: [] } });
    expect(screen.getByTestId("links-empty").textContent).toContain("port 14550");
  });

  it("removes a link by a second press that names it", () => {
    const station = openSetup("links", { batch: { links }, answers });
    fireEvent.click(screen.getByTestId("link-remove-udp"));
    expect(asked(station, "remove-link")).toEqual([]);
    expect(screen.getByTestId("link-remove-udp").textContent).toContain("udp://:14550");
    fireEvent.click(screen.getByTestId("link-remove-udp"));
    expect(asked(station, "remove-link")).toEqual([{ kind: "remove-link", linkName: "udp" }]);
  });

  it("says what is wrong while typing, and adds once it is right", async () => {
    const station = openSetup("links", { batch: { links }, answers });
    fireEvent.click(screen.getByTestId("link-kind-tcp-connect"));
    fireEvent.change(screen.getByTestId("link-port"), { target: { value: "99999" } });
    expect(screen.getByTestId("add-link").textContent).toContain("Whom to speak to");
    fireEvent.change(screen.getByTestId("link-host"), { target: { value: "10.0.0.7" } });
    expect(screen.getByTestId("add-link").textContent).toContain("1 to 65535");
    fireEvent.click(screen.getByTestId("link-add"));
    expect(asked(station, "add-link")).toEqual([]);
    fireEvent.change(screen.getByTestId("link-port"), { target: { value: "5760" } });
    fireEvent.click(screen.getByTestId("link-add"));
    expect(asked(station, "add-link")).toEqual([{ kind: "add-link", uri: "tcp://10.0.0.7:5760", role: "vehicle" }]);
    await screen.findByTestId("link-add");
  });

  it("reads a pasted address into the fields, and refuses one that is in the list", () => {
    const station = openSetup("links", { batch: { links }, answers });
    const uri = screen.getByTestId("link-uri");
    fireEvent.change(uri, { target: { value: "udp:/" } });
    expect(screen.getByTestId("add-link").textContent).toContain("Not an address");
    fireEvent.change(uri, { target: { value: "udp://:14550" } });
    expect(screen.getByTestId("add-link").textContent).toContain("in the list already");
    fireEvent.change(uri, { target: { value: "tcp://relay:5761" } });
    expect(screen.getByTestId<HTMLInputElement>("link-host").value).toBe("relay");
    fireEvent.click(screen.getByTestId("link-role-output"));
    fireEvent.keyDown(uri, { key: "Enter" });
    expect(asked(station, "add-link")).toEqual([{ kind: "add-link", uri: "tcp://relay:5761", role: "output" }]);
  });

  it("offers the serial ports there are", async () => {
    const station = openSetup("links", { batch: { links }, answers });
    fireEvent.click(screen.getByTestId("link-kind-serial"));
    expect((await screen.findByTestId("link-device-select")).textContent).toContain("Holybro");
    await expect.poll(() => screen.getByTestId<HTMLInputElement>("link-uri").value).toBe("serial:/dev/ttyACM0:57600");
    fireEvent.click(screen.getByTestId("link-add"));
    expect(asked(station, "add-link")).toMatchObject([{ uri: "serial:/dev/ttyACM0:57600" }]);
  });

  it("says why the station would not add it", async () => {
    const failure = { kind: "bad-uri", uri: "x", problem: "no such host" } as const;
    openSetup("links", { answers: () => err({ kind: "link", failure }) });
    fireEvent.click(screen.getByTestId("link-add"));
    expect((await screen.findByTestId("link-failure")).textContent).toContain("no such host");
  });

  it("shows which way each aircraft is spoken to, and what would take over", () => {
    const way = { lossFraction: 0.01, roundTripMs: 40, isHighLatency: false };
    openSetup("links", {
      batch: {
        links,
        paths: [
          {
            vehicleId: VEHICLE,
            paths: [
              { ...way, linkName: "udp", state: "active" },
              { ...way, linkName: "sat", state: "standby", isHighLatency: true },
            ],
          },
        ],
      },
    });
    expect(screen.getByTestId("path-udp").textContent).toContain("active");
    expect(screen.getByTestId("path-sat").textContent).toContain("satellite");
  });
});
