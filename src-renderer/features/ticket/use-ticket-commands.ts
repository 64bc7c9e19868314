import { useCommands, type Command } from '../../commands/registry.ts'
import { useQueueSelection } from '../queue/queue-selection.ts'
import { isBulkPicker, pickerCommands, type PickerName } from './picker-commands.ts'

export interface TicketActs {
  /** False while there is no ticket to act on. */
  ready: () => boolean
  isMine: () => boolean
  isDone: () => boolean
  /** It goes on in another ticket, and can't be opened again before the merge is undone. */
  isMerged: () => boolean
  openPicker: (name: PickerName) => void
  reply: () => void
  note: () => void
  attach: () => void
  hasPromise: () => boolean
  explain: () => void
  why: () => void
  take: () => void
  resolve: () => void
  reopen: () => void
  editSubject: () => void
  copyNumber: () => void
  togglePanel: () => void
  toConversation: () => void
  /** False in a browser, and where the ticket has its window already. */
  canTearOff: () => boolean
  tearOff: () => void
  print: () => void
  canSavePdf: () => boolean
  savePdf: () => void
}

/** Everything that can be done with the open ticket, by key and from the palette. */
export function useTicketCommands(acts: TicketActs): void {
  const selection = useQueueSelection()
  const group = 'ticket.command.group'
  const { ready } = acts

  const pickers = (Object.keys(pickerCommands) as PickerName[]).map((name): Command => {
    const command = pickerCommands[name]
    // While tickets are selected in the list, the same keys speak of those.
    const isFree = () => ready() && !(isBulkPicker(name) && selection.isSelecting)
    return { ...command, group, when: isFree, run: () => acts.openPicker(name) }
  })

  useCommands([
    ...pickers,
    { id: 'ticket.reply', title: 'ticket.command.reply', group, keys: 'r', when: ready, run: acts.reply },
    { id: 'ticket.note', title: 'ticket.command.note', group, keys: 'n', when: ready, run: acts.note },
    { id: 'ticket.attach', title: 'ticket.command.attach', group, when: ready, run: acts.attach },
    {
      id: 'ticket.take',
      title: 'ticket.command.take',
      group,
      keys: 'm',
      when: () => ready() && !acts.isMine(),
      run: acts.take,
    },
    {
      id: 'ticket.resolve',
      title: 'ticket.command.resolve',
      group,
      keys: 'e',
      when: () => ready() && !acts.isDone(),
      run: acts.resolve,
    },
    {
      id: 'ticket.reopen',
      title: 'ticket.command.reopen',
      group,
      when: () => ready() && acts.isDone() && !acts.isMerged(),
      run: acts.reopen,
    },
    {
      id: 'ticket.explain',
      title: 'ticket.command.explain',
      group,
      keys: 'shift+d',
      when: () => ready() && acts.hasPromise(),
      run: acts.explain,
    },
    { id: 'ticket.why', title: 'rules.command.why', group, keys: 'shift+w', when: ready, run: acts.why },
    {
      id: 'ticket.subject',
      title: 'ticket.command.subject',
      group,
      keys: 'f2',
      when: ready,
      run: acts.editSubject,
    },
    {
      id: 'ticket.copyNumber',
      title: 'ticket.command.copyNumber',
      group,
      keys: 'shift+c',
      when: ready,
      run: acts.copyNumber,
    },
    {
      id: 'ticket.panel',
      title: 'ticket.command.panel',
      group,
      keys: 'i',
      when: ready,
      run: acts.togglePanel,
    },
    {
      id: 'ticket.tearOff',
      title: 'windows.command.tearOff',
      group,
      keys: 'shift+v',
      when: () => ready() && acts.canTearOff(),
      run: acts.tearOff,
    },
    { id: 'ticket.print', title: 'windows.command.print', group, when: ready, run: acts.print },
    {
      id: 'ticket.pdf',
      title: 'windows.command.pdf',
      group,
      when: () => ready() && acts.canSavePdf(),
      run: acts.savePdf,
    },
    {
      id: 'ticket.conversation',
      title: 'ticket.command.conversation',
      group,
      keys: 'o',
      when: ready,
      run: acts.toConversation,
    },
  ])
}
