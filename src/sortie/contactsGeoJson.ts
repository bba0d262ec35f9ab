import type { Contact } from "../track/contact.js";

/**
 * GeoJSON of the contacts. RFC 7946: positions are [longitude, latitude], WGS 84 degrees; only here does this room use
 * that order.
 */
export function contactsGeoJson(contacts: readonly Contact[]): string {
  const features = contacts.map((contact) => ({
    type: "Feature",
    id: contact.id,
    geometry: { type: "Point", coordinates: [contact.position.longitudeDeg, contact.position.latitudeDeg] },
    properties: {
      class: contact.class,
      surface: contact.surface,
      ce95M: round(contact.ce95M),
      ellipseSemiMajorM: round(contact.ellipse95.semiMajorM),
      ellipseSemiMinorM: round(contact.ellipse95.semiMinorM),
      ellipseOrientationDeg: round(contact.ellipse95.orientationDeg),
      lengthM: round(contact.lengthM),
      groundSpeedMps: contact.groundSpeedMps === undefined ? null : round(contact.groundSpeedMps),
      courseDeg: contact.courseDeg === undefined ? null : round(contact.courseDeg),
      firstSeenUnixUs: contact.firstSeenUnixUs,
      lastSeenUnixUs: contact.lastSeenUnixUs,
      observationCount: contact.observationCount,
      score: round(contact.score),
    },
  }));
  return `${JSON.stringify({ type: "FeatureCollection", features }, undefined, 1)}\n`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
