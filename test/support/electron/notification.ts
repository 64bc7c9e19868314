import type { Notification, NotificationAction, NotificationConstructorOptions } from 'electron'
import type { Computer } from './computer.ts'
import { StrictEmitter } from './strict.ts'

type Members =
  'id' | 'groupId' | 'title' | 'body' | 'silent' | 'urgency' | 'timeoutType' | 'actions' | 'show' | 'close'

/** Which notifications the system holds. Each start of the program has its own list; the last shown is the last. */
export type NotificationList = NotificationStandIn[]

/** A notification, and the person who sees it. */
class NotificationStandIn extends StrictEmitter implements Pick<Notification, Members> {
  readonly id: string
  readonly groupId: string
  title: string
  body: string
  silent: boolean
  urgency: 'normal' | 'critical' | 'low'
  timeoutType: 'default' | 'never'
  actions: NotificationAction[]
  /** The person has it before their eyes, or finds it in the system's list. */
  isOnScreen = false
  readonly #computer: Computer
  readonly #list: NotificationList

  constructor(computer: Computer, list: NotificationList, options: NotificationConstructorOptions) {
    super('Notification', ['show', 'failed', 'click', 'action', 'close'])
    this.#computer = computer
    this.#list = list
    this.id = options.id ?? crypto.randomUUID()
    this.groupId = options.groupId ?? ''
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.urgency = options.urgency ?? 'normal'
    this.timeoutType = options.timeoutType ?? 'default'
    this.actions = options.actions ?? []
  }

  show(): void {
    const fate = this.#computer.notificationFate
    this.#list.push(this)
    if (fate === 'swallowed') return
    if (fate !== 'shown') {
      queueMicrotask(() => this.emit('failed', {}, fate.failsWith))
      return
    }
    for (const former of this.#list) if (former.id === this.id) former.isOnScreen = false
    this.isOnScreen = true
    queueMicrotask(() => this.emit('show', {}))
  }

  /** Without a reason: only Windows gives one. */
  close(): void {
    this.#goAway(undefined)
  }

  click(): void {
    this.#expectOnScreen()
    this.isOnScreen = false
    this.emit('click', {})
  }

  /** Presses the button with this label. */
  choose(label: string): void {
    this.#expectOnScreen()
    const actionIndex = this.actions.findIndex(({ text }) => text === label)
    if (actionIndex < 0) throw new Error(`This notification has no button "${label}"`)
    this.isOnScreen = false
    this.emit('action', { actionIndex, selectionIndex: -1 }, actionIndex, -1)
  }

  /** The person puts it away. */
  dismiss(): void {
    this.#expectOnScreen()
    this.#goAway('userCanceled')
  }

  /** It leaves the screen by itself; the system's list keeps it, so that it can still be clicked. */
  timeOut(): void {
    this.#expectOnScreen()
    this.emit('close', { reason: 'timedOut' })
  }

  /** Without an event, as `Notification.remove` does. */
  vanish(): void {
    this.isOnScreen = false
  }

  #goAway(reason: string | undefined): void {
    if (!this.isOnScreen) return
    this.isOnScreen = false
    this.emit('close', { reason })
  }

  #expectOnScreen(): void {
    if (!this.isOnScreen) throw new Error(`Nobody sees the notification "${this.title}"`)
  }
}

/** The class as Electron gives it to the program. */
export function createNotificationClass(
  computer: Computer,
  list: NotificationList,
  mayShow: () => boolean,
): object {
  return class extends NotificationStandIn {
    constructor(options: NotificationConstructorOptions = {}) {
      if (!mayShow()) throw new Error('Cannot create Notification before app is ready')
      super(computer, list, options)
    }

    static isSupported(): boolean {
      return computer.notificationsAreSupported
    }

    static remove(ids: string | string[]): void {
      for (const shown of list) if ([ids].flat().includes(shown.id)) shown.vanish()
    }
  } satisfies Pick<typeof Notification, 'isSupported' | 'remove'>
}
