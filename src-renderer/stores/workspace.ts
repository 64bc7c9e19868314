import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useApi } from '../api/provide.ts'
import { databaseName, openDeskDatabase } from '../outbox/database.ts'
import { Drafts } from '../outbox/drafts.ts'
import { leaseExclusive, lockExclusive } from '../outbox/exclusive.ts'
import { Outbox, type OutboxListener } from '../outbox/outbox.ts'
import { ReadCache } from './read-cache.ts'
import { reconcileOwn } from './reconcile.ts'

/** What one agent keeps on this PC for one server. */
export interface Workspace {
  isOf(serverUrl: string, agentId: string): boolean
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly cache: ReadCache
  close(): Promise<void>
}

/** Holds the workspace of whoever is signed in, and changes it when that changes. */
export const useWorkspaceStore = defineStore('workspace', () => {
  const api = useApi()
  const current = shallowRef<Workspace | null>(null)
  const openHandlers = new Set<() => void>()
  const closeHandlers = new Set<() => void>()
  let opened = Promise.withResolvers<Workspace>()
  let turn: Promise<unknown> = Promise.resolve()

  /** Makes `agentId`'s workspace the current one. */
  function open(serverUrl: string, agentId: string, listener: OutboxListener): Promise<void> {
    return inTurn(async () => {
      if (current.value?.isOf(serverUrl, agentId)) return
      await closeCurrent()
      current.value = await openWorkspace(serverUrl, agentId, listener)
      opened.resolve(current.value)
      for (const handle of openHandlers) handle()
    })
  }

  /** `forgetReads`: also deletes what was read, but never what was written. */
  function close({ forgetReads }: { forgetReads: boolean }): Promise<void> {
    return inTurn(async () => {
      if (forgetReads) await current.value?.cache.clear()
      await closeCurrent()
    })
  }

  async function closeCurrent(): Promise<void> {
    const closing = current.value
    if (!closing) return
    current.value = null
    opened = Promise.withResolvers<Workspace>()
    for (const handle of closeHandlers) handle()
    await closing.close()
  }

  /** For stores: called whenever somebody has signed in, and at once if somebody is. */
  function onOpen(handler: () => void): void {
    openHandlers.add(handler)
    if (current.value) handler()
  }

  /** For stores: called when the agent leaves, whose data the next one must not see. */
  const onClose = (handler: () => void): void => void closeHandlers.add(handler)

  async function openWorkspace(
    serverUrl: string,
    agentId: string,
    listener: OutboxListener,
  ): Promise<Workspace> {
    const name = databaseName(serverUrl, agentId)
    const db = await openDeskDatabase(serverUrl, agentId)
    const locks = (navigator as Partial<Navigator>).locks
    const drafts = new Drafts({ db, rescue: localStorage, name })
    const outbox = new Outbox({
      db,
      transport: {
        send: api.send,
        reconcile: (command, conflict) => reconcileOwn(api, agentId, command, conflict),
      },
      exclusive: locks ? lockExclusive(locks, name) : leaseExclusive(db, 'sender'),
      channel: new BroadcastChannel(name),
      listener,
    })
    await Promise.all([outbox.start(), drafts.flush()])
    return {
      isOf: (otherUrl, otherId) => otherUrl === serverUrl && otherId === agentId,
      outbox,
      drafts,
      cache: new ReadCache(db),
      async close() {
        await Promise.all([drafts.flush(), outbox.close()])
        db.close()
      },
    }
  }

  /** One opening or closing at a time, so that a quick change of agents can't leave two open. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  /** Resolves with the workspace as soon as somebody is signed in. */
  const whenOpen = (): Promise<Workspace> => (current.value ? Promise.resolve(current.value) : opened.promise)

  return { current, open, close, whenOpen, onOpen, onClose }
})
