/** What is kept of one rule's wait for one ticket. Instants are milliseconds UTC. */
export interface Wait {
  /** When the ticket came into the state, or the instant that the rule counts from. */
  since: number
  dueAt: number
  /** When the rule acted, or passed the ticket over; it does not act again on the same entry. */
  firedAt: number | null
}

/** How a ticket stands to a rule now. */
export interface Standing {
  holds: boolean
  /** The instant that the rule counts from; `null` when there is none yet. For a rule that counts from the entry: when it was entered, if it is only entered now. */
  start: number | null
  /** Whether an entry that goes on keeps its beginning: what a rule that counts from the entry itself asks for. */
  keepsStart: boolean
}

/** Whether the rule's conditions hold; null when they can't be asked, which is the engine's to deal with once its time has come. */
export function heldBy<Asked>(rule: { holds(asked: Asked): boolean }, asked: Asked): boolean | null {
  try {
    return rule.holds(asked)
  } catch {
    return null
  }
}

export type WaitDecision =
  | { do: 'nothing' }
  /** It has left the state. */
  | { do: 'drop' }
  /** The entry goes on; it may be due at another time than was thought. */
  | { do: 'keep'; since: number }
  /** It has come into the state, or counts from another instant than before. */
  | { do: 'enter'; since: number }

/** Once per entry: an entry that goes on stays what it is, fired or not; whatever begins anew counts anew. */
export function decideWait(kept: Pick<Wait, 'since'> | undefined, standing: Standing): WaitDecision {
  const { holds, start, keepsStart } = standing
  if (!holds || start === null) return { do: kept ? 'drop' : 'nothing' }
  if (!kept) return { do: 'enter', since: start }
  return keepsStart || kept.since === start
    ? { do: 'keep', since: kept.since }
    : { do: 'enter', since: start }
}
