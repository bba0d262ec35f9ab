/** The file in `missions/aircraft/` of the aircraft that plans are made for, and checked against, where no other is chosen. */
export const STANDARD_AIRCRAFT_FILE = "quad-thermal.json";
