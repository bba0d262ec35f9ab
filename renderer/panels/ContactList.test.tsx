// @vitest-environment happy-dom
/** Where the selected contact is, by the name of a place. */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { aPlace } from "../../src/geo/places/testing/placeBuilders.js";
import { LanguageProvider } from "../app/LanguageProvider.js";
import { settingsStore } from "../app/settings.js";
import { Latest } from "../bridge/latest.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aContact, aStation } from "../bridge/testing/builders.js";
import { ContactList } from "./ContactList.js";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** A hundredth of a degree of latitude north and of longitude west of Wissant: hypot(1112, 704) = 1316 m. */
const NEAR_WISSANT = { latitudeDeg: 50.8953, longitudeDeg: 1.65263 };
const PLACES = {
  attribution: "GeoNames",
  places: [
    aPlace("Wissant", 50.8853, 1.66263, { population: 1052 }),
    aPlace("Berck-Plage", 50.40704, 1.56446, { kind: "town", population: 15_675 }),
  ],
};

function open() {
  const { store, stores } = aStation();
  store.contacts.set([aContact({ id: "C-1", position: NEAR_WISSANT }), aContact({ id: "C-2" })]);
  const selectedId = new Latest<string | undefined>(undefined);
  render(
    <StoresProvider stores={stores}>
      <LanguageProvider>
        <ContactList
          contacts={store.contacts}
          pictures={store.contactPictures}
          places={store.places}
          selectedId={selectedId}
          viewedContactIds={store.viewedContactIds}
          onSelect={(id) => selectedId.set(id)}
          nowUnixUs={() => 0}
        />
      </LanguageProvider>
    </StoresProvider>,
  );
  const near = (): string | undefined => screen.queryByTestId("contact-near")?.textContent.replaceAll("\u00a0", " ");
  return { store, selectedId, near, settings: stores.get(settingsStore) };
}

it("is said of the selected one only, in both languages and the chosen units, once names are there", () => {
  const { store, selectedId, near, settings } = open();
  act(() => selectedId.set("C-1"));
  expect(near()).toBeUndefined();
  act(() => store.places.set(PLACES));
  expect(near()).toBe("1.3 km north-west of Wissant");
  expect(screen.getByTestId("contact-C-1").contains(screen.getByTestId("contact-near"))).toBe(true);
  act(() => settings.change({ language: "fr", units: { lengths: "ft", speeds: "kn", positions: "deg" } }));
  expect(near()).toBe("0,7 NM au nord-ouest de Wissant");
  act(() => selectedId.set(undefined));
  expect(near()).toBeUndefined();
});

it("follows the contact, and is silent far from every name", () => {
  const { store, selectedId, near } = open();
  act(() => {
    store.places.set(PLACES);
    selectedId.set("C-1");
  });
  const moveTo = (latitudeDeg: number): void =>
    act(() => store.contacts.set([aContact({ id: "C-1", position: { latitudeDeg, longitudeDeg: 1.56446 } })]));
  moveTo(50.37);
  expect(near()).toBe("4.1 km south of Berck-Plage");
  moveTo(49);
  expect(near()).toBeUndefined();
});
