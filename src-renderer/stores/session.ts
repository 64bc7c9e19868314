import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AgentView, MeView, SignedIn } from '../../server/access/contract.ts'
import type { OfficeSettings } from '../../server/settings/contract.ts'
import { isUnauthenticated, toFailure } from '../api/errors.ts'
import { useApi } from '../api/provide.ts'
import { useDesk } from './desk.ts'
import { createRemembered } from './remembered.ts'

export type Permission = MeView['permissions'][number]

/**
 * `unknown`: the page has just been opened. `expired`: somebody was at work when the session ended; the screen stays, and logging
 * in again goes on where it was.
 */
export type SessionStatus = 'unknown' | 'signedOut' | 'signedIn' | 'expired'

export const useSessionStore = defineStore('session', () => {
  const api = useApi()
  const desk = useDesk()
  const remembered = createRemembered()

  const status = ref<SessionStatus>('unknown')
  /** The server's origin; null until the user has said where it is. */
  const serverUrl = ref<string | null>(null)
  /** Under which name this page keeps what it knows of that server, whatever its address. */
  const dataKey = ref<string | null>(null)
  const token = ref<string | null>(null)
  const me = shallowRef<MeView | null>(null)
  /** False when this PC can't keep the session over a restart, which is worth saying. */
  const keepsSession = ref(true)

  const agent = computed<AgentView | null>(() => me.value?.agent ?? null)
  const office = computed<OfficeSettings | null>(() => me.value?.office ?? null)
  const permissions = computed<ReadonlySet<Permission>>(() => new Set(me.value?.permissions))
  const can = (permission: Permission): boolean => permissions.value.has(permission)

  /** Finds out who is at this PC. With a kept session the last known agent can work at once, even without a network. */
  async function start(): Promise<void> {
    serverUrl.value = await desk.serverUrl.get()
    dataKey.value = await desk.serverUrl.dataKey()
    const kept = serverUrl.value ? await desk.secrets.get('token') : null
    if (!serverUrl.value || !kept) {
      status.value = 'signedOut'
      return
    }
    token.value = kept
    me.value = remembered.get(dataKey.value ?? serverUrl.value)
    if (me.value) {
      status.value = 'signedIn'
      void refresh().catch(() => undefined)
      return
    }
    // Unreachable, and nothing is known of whoever the session belongs to: they may log in when there is a server.
    await refresh().catch(() => (status.value = 'signedOut'))
  }

  /** Asks the server who this is; to be called again when the agent, their teams or the office change. */
  async function refresh(): Promise<void> {
    const asked = token.value
    if (!asked) return
    try {
      const answer = await api.trpc.auth.me.query()
      if (token.value !== asked) return
      if (dataKey.value) remembered.set(dataKey.value, answer)
      me.value = answer
      status.value = 'signedIn'
    } catch (error) {
      if (isUnauthenticated(toFailure(error)) && token.value === asked) await expire(asked)
      throw error
    }
  }

  /** @throws what `toFailure` tells apart */
  async function login(email: string, password: string): Promise<void> {
    await adopt(await api.trpc.auth.login.mutate({ email, password }))
  }

  /** Chooses the password of an invitation and logs in with it. */
  async function acceptInvitation(invitation: string, password: string): Promise<void> {
    await adopt(await api.trpc.auth.acceptInvitation.mutate({ token: invitation, password }))
  }

  /** Goes on with a session that the server has just opened, as after the first run. */
  async function adopt(signedIn: Pick<SignedIn, 'token'>): Promise<void> {
    token.value = signedIn.token
    keepsSession.value = (await desk.secrets.set('token', signedIn.token)) !== 'untilClosed'
    await refresh()
  }

  async function logout(): Promise<void> {
    // Best effort: without a network the session stays on the server's list, where its owner can end it.
    await api.trpc.auth.logout.mutate().catch(() => undefined)
    await forgetToken()
    if (dataKey.value) remembered.delete(dataKey.value)
    status.value = 'signedOut'
    me.value = null
  }

  /** The server no longer knows `ended`. Another window of this browser may have logged in again already. */
  async function expire(ended: string): Promise<void> {
    if (token.value !== ended) return
    const kept = await desk.secrets.get('token')
    if (kept && kept !== ended) {
      token.value = kept
      await refresh().catch(() => undefined)
      return
    }
    await forgetToken()
    status.value = me.value ? 'expired' : 'signedOut'
  }

  async function forgetToken(): Promise<void> {
    token.value = null
    await desk.secrets.delete('token')
  }

  return {
    status,
    serverUrl,
    dataKey,
    token,
    agent,
    office,
    permissions,
    keepsSession,
    can,
    start,
    refresh,
    login,
    acceptInvitation,
    adopt,
    logout,
    expire,
  }
})
