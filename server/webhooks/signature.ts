import { createHmac } from 'node:crypto'

/** `t` are seconds of Unix time. Signed with the time, so that a request that was recorded is of no use later. */
export function signatureOf(secret: string, body: string, now: number): string {
  const t = Math.floor(now / 1_000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}
