/**
 * Capes, beaches, bays, harbours and lighthouses, by hand from general knowledge of the coast. APPROXIMATE, good to about
 * a kilometre (a bay: its middle), not for navigation: always shown as such. [name, latitude, longitude, English or
 * French name where it has another].
 */
const CAPES = [
  ["Cap Gris-Nez", 50.87, 1.5835],
  ["Cap Blanc-Nez", 50.925, 1.71],
  ["Cap d'Alprech", 50.699, 1.563],
  ["Pointe du Hourdel", 50.215, 1.566],
  ["South Foreland", 51.14, 1.373],
  ["North Foreland", 51.375, 1.445],
  ["Dungeness", 50.912, 0.977],
];
const LIGHTHOUSES = [
  ["phare de Calais", 50.9615, 1.8536, "Calais lighthouse"],
  ["phare de Walde", 50.9953, 1.9142, "Walde lighthouse"],
  ["phare de Gravelines", 51.005, 2.1093, "Gravelines lighthouse"],
  ["phare de Dunkerque", 51.0493, 2.3649, "Dunkirk lighthouse"],
  ["phare du Touquet", 50.5235, 1.592, "Le Touquet lighthouse"],
  ["phare de Berck", 50.3982, 1.5603, "Berck lighthouse"],
  ["phare de Cayeux", 50.1943, 1.5125, "Cayeux lighthouse"],
  ["phare d'Ault", 50.105, 1.453, "Ault lighthouse"],
  ["phare d'Ailly", 49.9163, 0.959, "Ailly lighthouse"],
];
const BEACHES = [
  ["plage de Wissant", 50.888, 1.659, "Wissant beach"],
  ["plage de Sangatte", 50.948, 1.749, "Sangatte beach"],
  ["plage de Calais", 50.9665, 1.841, "Calais beach"],
  ["plage de Malo", 51.053, 2.39, "Malo beach"],
  ["plage de Wimereux", 50.771, 1.605, "Wimereux beach"],
  ["plage d'Équihen", 50.679, 1.565, "Équihen beach"],
  ["plage d'Hardelot", 50.634, 1.574, "Hardelot beach"],
  ["plage du Touquet", 50.524, 1.579, "Le Touquet beach"],
  ["plage de Merlimont", 50.458, 1.572, "Merlimont beach"],
  ["plage de Berck", 50.407, 1.556, "Berck beach"],
];
const BAYS = [
  ["baie de Wissant", 50.897, 1.645, "Wissant bay"],
  ["baie de Canche", 50.535, 1.595, "Canche bay"],
  ["baie d'Authie", 50.372, 1.585, "Authie bay"],
  ["baie de Somme", 50.22, 1.59, "Somme bay"],
  ["Pegwell Bay", 51.325, 1.365],
];
const HARBOURS = [
  ["port de Dieppe", 49.933, 1.085, "Dieppe harbour"],
  ["port du Tréport", 50.063, 1.37, "Le Tréport harbour"],
  ["port de Boulogne", 50.73, 1.585, "Boulogne harbour"],
  ["port de Calais", 50.969, 1.857, "Calais harbour"],
  ["port de Dunkerque", 51.051, 2.365, "Dunkirk harbour"],
  ["port ouest de Dunkerque", 51.03, 2.185, "Dunkirk west harbour"],
  ["Dover harbour", 51.12, 1.325, undefined, "port de Douvres"],
  ["Folkestone harbour", 51.079, 1.19, undefined, "port de Folkestone"],
  ["Ramsgate harbour", 51.328, 1.42, undefined, "port de Ramsgate"],
];

/** The worst error meant above. */
export const LANDMARK_ERROR_M = 1000;

const placesOf = (kind, rows) =>
  rows.map(([name, latitudeDeg, longitudeDeg, english, french]) => ({
    name,
    ...(english || french ? { nameIn: { ...(english && { en: english }), ...(french && { fr: french }) } } : {}),
    kind,
    position: { latitudeDeg, longitudeDeg },
    isApproximate: true,
  }));

export const LANDMARKS = [
  ...placesOf("cape", CAPES),
  ...placesOf("lighthouse", LIGHTHOUSES),
  ...placesOf("beach", BEACHES),
  ...placesOf("bay", BAYS),
  ...placesOf("harbour", HARBOURS),
];
