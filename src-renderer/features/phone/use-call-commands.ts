import { computed, type Ref } from 'vue'
import type { CallPop } from '../../../server/phone/contract.ts'
import { useCommands } from '../../commands/registry.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { mayDismiss, openableTicket } from './call-words.ts'
import { useCallActs } from './use-call-acts.ts'

/** What can be done by key from everywhere about the call that presses most. `wrapUp` brings the keyboard to its form. */
export function useCallCommands({ wrapUp }: { wrapUp: (call: CallPop) => void }): Ref<CallPop | undefined> {
  const calls = useCallsStore()
  const { open, claim, link, newTicket, dismiss } = useCallActs()
  const group = 'phone.command.group'
  const top = computed(() => calls.shown[0])
  const onTop = (act: (call: CallPop) => unknown) => () => {
    if (top.value) void act(top.value)
  }
  const isTop = (holds: (call: CallPop) => boolean) => () => top.value !== undefined && holds(top.value)

  useCommands([
    {
      id: 'phone.open',
      title: 'phone.command.open',
      group,
      keys: 'l o',
      when: isTop((call) => openableTicket(call) !== null),
      run: onTop((call) => {
        const ticket = openableTicket(call)
        if (ticket) void open(ticket.id)
      }),
    },
    {
      id: 'phone.newTicket',
      title: 'phone.command.newTicket',
      group,
      keys: 'l n',
      when: isTop(() => true),
      run: onTop(newTicket),
    },
    {
      id: 'phone.link',
      title: 'phone.command.link',
      group,
      keys: 'l v',
      when: isTop(({ ticket, openTickets }) => ticket === null && openTickets.length > 0),
      run: onTop((call) => call.openTickets[0] && link(call, call.openTickets[0])),
    },
    {
      id: 'phone.claim',
      title: 'phone.command.claim',
      group,
      keys: 'l a',
      when: isTop(({ role }) => role === 'unclaimed' || role === 'rings'),
      run: onTop(claim),
    },
    {
      id: 'phone.wrapUp',
      title: 'phone.command.wrapUp',
      group,
      keys: 'l e',
      when: isTop(({ role }) => role === 'talking' || role === 'wrapUp'),
      run: onTop(wrapUp),
    },
    {
      id: 'phone.dismiss',
      title: 'phone.command.dismiss',
      group,
      keys: 'l x',
      when: isTop(mayDismiss),
      run: onTop(dismiss),
    },
  ])
  return top
}
