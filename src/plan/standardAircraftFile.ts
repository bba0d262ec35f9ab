/** The file in `missions/aircraft/` of the aircraft that plans are made for, and checked against, unless told otherwise. */
export const STANDARD_AIRCRAFT_FILE = "quad-thermal.json";
