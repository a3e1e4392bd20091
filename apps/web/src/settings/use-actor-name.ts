import { useActors } from "./use-actors.ts";

/** An actor as people know it: a person or key by its name. Who may not read those sees an id. */
export function useActorName(): (actor: string) => string {
  return useActors().nameOf;
}
