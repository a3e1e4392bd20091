/** Something of a config that has no counterpart here, or not quite, by its place in the config. */
export interface Note {
  place: string;
  message: string;
}

/** Where conversion writes what it had to leave out. */
export type AddNote = (place: string, message: string) => void;
