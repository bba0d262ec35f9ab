import { useCallback, useEffect, useRef, useState } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import type { Contact } from "../../src/track/contact.js";
import type { PlacesDocument } from "../../src/geo/places/placesDocument.js";
import type { GreyImage } from "../../src/detect/detection.js";
import { type Latest, useLatest, useWhole } from "../bridge/latest.js";
import { Panel } from "../ui/Panel.js";
import { ContactPicture } from "./ContactPicture.js";
import { CONTACT_OLD_AFTER_S, contactAgeS, contactFacts, contactNearPlace, contactTitle } from "./contactWords.js";
import { orderContacts } from "./contactOrder.js";

type ContactListProps = {
  readonly contacts: Latest<readonly Contact[]>;
  readonly pictures: Latest<ReadonlyMap<string, GreyImage>>;
  readonly places: Latest<PlacesDocument | undefined>;
  readonly selectedId: Latest<string | undefined>;
  /** Ids that were viewed on any screen; the others are marked new. */
  readonly viewedContactIds: Latest<ReadonlySet<string>>;
  readonly onSelect: (contactId: string) => void;
  readonly nowUnixUs: () => number;
};

/** Contacts with picture, class, size, error, motion and age. The order is kept while the pointer is over the list. */
export function ContactList(props: ContactListProps) {
  const { contacts, viewedContactIds } = props;
  const t = useText();
  const [isHeld, setIsHeld] = useState(false);
  const ids = useOrder(contacts, isHeld);
  const countOfNew = useLatest(viewedContactIds, (seen) => ids.filter((id) => !seen.has(id)).length);
  const aside = (
    <>
      {countOfNew > 0 && <strong className="contacts-new">{t("panels.contacts.new", { count: countOfNew })} · </strong>}
      <span className="contacts-seen">{t("panels.contacts.seen", { count: ids.length })}</span>
    </>
  );
  return (
    <Panel title={t("panels.contacts")} aside={aside} isFlush testId="contact-list">
      {ids.length === 0 && <p className="contacts-empty">{t("panels.contacts.none")}</p>}
      <ul
        className="contacts"
        onPointerEnter={() => setIsHeld(true)}
        onPointerLeave={() => setIsHeld(false)}
        onFocus={() => setIsHeld(true)}
        onBlur={() => setIsHeld(false)}
      >
        {ids.map((id) => (
          <ContactRow key={id} id={id} {...props} />
        ))}
      </ul>
    </Panel>
  );
}

/** Ids in the order shown; re-renders only when a contact comes or goes, or the pointer leaves. */
function useOrder(contacts: Latest<readonly Contact[]>, isHeld: boolean): readonly string[] {
  const shown = useRef<readonly string[]>([]);
  const ids = useLatest(contacts, (list) => orderContacts(list, shown.current, isHeld));
  useEffect(() => {
    shown.current = ids;
  }, [ids]);
  return ids;
}

function ContactRow({
  id,
  contacts,
  pictures,
  places,
  selectedId,
  viewedContactIds,
  onSelect,
  nowUnixUs,
}: ContactListProps & { readonly id: string }) {
  const t = useText();
  const format = useFormat();
  const find = useCallback(() => contacts.get().find((contact) => contact.id === id), [contacts, id]);
  const title = useLatest(contacts, () => {
    const contact = find();
    return contact && contactTitle(t, format, contact);
  });
  const facts = useLatest(contacts, () => {
    const contact = find();
    return contact && contactFacts(t, format, contact);
  });
  const ageS = useTick(
    useCallback(() => {
      const contact = find();
      return contact === undefined ? undefined : Math.round(contactAgeS(contact, nowUnixUs()));
    }, [find, nowUnixUs]),
    2,
  );
  const place = useLatest(contacts, () => {
    const contact = find();
    return contact && format.positionText(contact.position);
  });
  const objectClass = useLatest(contacts, () => find()?.class);
  const isSelected = useLatest(selectedId, (selected) => selected === id);
  const isNew = useLatest(viewedContactIds, (seen) => !seen.has(id));
  const isOld = (ageS ?? 0) > CONTACT_OLD_AFTER_S;
  return (
    <li>
      <button
        type="button"
        className="contact"
        data-class={objectClass}
        data-old={isOld}
        aria-pressed={isSelected}
        data-testid={`contact-${id}`}
        onClick={() => onSelect(id)}
      >
        <ContactPicture pictures={pictures} id={id} objectClass={objectClass ?? "unknown"} />
        <span className="contact-words">
          <span className="contact-line">
            <strong>{title}</strong>
            <span className="contact-id">{id}</span>
          </span>
          <span className="contact-facts">{facts}</span>
          <span className="contact-line">
            <span className="contact-facts">{place}</span>
          </span>
          {isSelected && <NearPlaceLine find={find} contacts={contacts} places={places} />}
          <span className="contact-line">
            <span className="contact-age">
              {ageS === undefined ? "" : t("panels.age", { age: format.ageText(ageS) })}
            </span>
            {isNew && <span className="contact-new">{t("panels.contact.new")}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}

type NearPlaceLineProps = Pick<ContactListProps, "contacts" | "places"> & { readonly find: () => Contact | undefined };

/** Only of the selected contact: looking through all places for every contact at every update would be work for nothing. */
function NearPlaceLine({ contacts, places, find }: NearPlaceLineProps) {
  const t = useText();
  const format = useFormat();
  const named = useWhole(places)?.places;
  const words = useLatest(contacts, () => {
    const contact = find();
    return contact && named && contactNearPlace(t, format, contact, named);
  });
  return words === undefined ? null : (
    <span className="contact-facts" data-testid="contact-near">
      {words}
    </span>
  );
}
