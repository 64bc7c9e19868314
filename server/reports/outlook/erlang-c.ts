/**
 * Erlang C: how many people a queue needs (A. K. Erlang 1917; the M/M/n queue). It assumes that requests come independently of each
 * other (Poisson), that each takes an exponentially distributed time, that nobody gives up waiting, and that all people serve one
 * queue. Where customers give up, fewer people do; where a shift serves several queues apart, more are needed.
 */

export interface Load {
  /** Requests per second. */
  rate: number
  /** Seconds that one takes on the average. */
  handlingSeconds: number
}

/** In erlangs: how many people would be busy all the time. */
export const erlangs = ({ rate, handlingSeconds }: Load): number => rate * handlingSeconds

/**
 * The probability that a request has to wait, 0–1; 1 when `agents` can't keep up. By the recursion of Erlang B, whose terms stay
 * between 0 and 1, for powers and factorials overflow at some hundred agents.
 */
export function waitProbability(offered: number, agents: number): number {
  if (offered <= 0) return 0
  if (agents <= offered) return 1
  let blocked = 1
  for (let n = 1; n <= agents; n += 1) blocked = (offered * blocked) / (n + offered * blocked)
  return (agents * blocked) / (agents - offered * (1 - blocked))
}

/** The share of requests that somebody begins with within `targetSeconds`, 0–1. */
export function serviceLevel(load: Load, agents: number, targetSeconds: number): number {
  const offered = erlangs(load)
  if (offered <= 0) return 1
  if (agents <= offered) return 0
  const spare = agents - offered
  return 1 - waitProbability(offered, agents) * Math.exp((-spare * targetSeconds) / load.handlingSeconds)
}

/** How long a request waits on the average, in seconds; Infinity when `agents` can't keep up. */
export function averageWait(load: Load, agents: number): number {
  const offered = erlangs(load)
  if (offered <= 0) return 0
  if (agents <= offered) return Infinity
  return (waitProbability(offered, agents) * load.handlingSeconds) / (agents - offered)
}

/** The fewest people with whom `wanted` (below 1) of the requests are begun within `targetSeconds`; none where nothing comes. */
export function agentsNeeded(load: Load, wanted: number, targetSeconds: number): number {
  const offered = erlangs(load)
  if (offered <= 0) return 0
  let agents = Math.floor(offered) + 1
  while (serviceLevel(load, agents, targetSeconds) < wanted) agents += 1
  return agents
}
