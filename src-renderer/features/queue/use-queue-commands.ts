import { useCommands, type Command } from '../../commands/registry.ts'
import { bulkPickers, pickerCommands, type BulkPicker } from '../ticket/picker-commands.ts'
import { useQueueSelection } from './queue-selection.ts'

export interface QueueActs {
  hasRows: () => boolean
  next: () => unknown
  previous: () => unknown
  open: () => unknown
  serveNext: () => unknown
  toggle: () => unknown
  extend: () => unknown
  clearSelection: () => unknown
  refresh: () => unknown
  choose: () => unknown
  filter: () => unknown
  save: () => unknown
  bulk: (name: BulkPicker) => unknown
}

/** Everything that can be done with the list, by key and from the palette. */
export function useQueueCommands(acts: QueueActs): void {
  const selection = useQueueSelection()
  const group = 'queue.command.group'
  const { hasRows } = acts
  const isSelecting = () => selection.isSelecting
  const does = (act: () => unknown) => () => void act()

  const bulk = bulkPickers.map((name): Command => ({
    id: `queue.bulk.${name}`,
    title: `queue.command.bulk.${name}`,
    group,
    keys: pickerCommands[name].keys,
    when: isSelecting,
    run: () => void acts.bulk(name),
  }))

  useCommands([
    {
      id: 'queue.next',
      title: 'queue.command.next',
      group,
      keys: 'j',
      when: hasRows,
      repeatable: true,
      run: does(acts.next),
    },
    {
      id: 'queue.previous',
      title: 'queue.command.previous',
      group,
      keys: 'k',
      when: hasRows,
      repeatable: true,
      run: does(acts.previous),
    },
    {
      id: 'queue.open',
      title: 'queue.command.open',
      group,
      keys: 'enter',
      when: hasRows,
      run: does(acts.open),
    },
    {
      id: 'queue.serve',
      title: 'queue.command.serve',
      group,
      keys: 'space',
      run: does(acts.serveNext),
    },
    {
      id: 'queue.select',
      title: 'queue.command.select',
      group,
      keys: 'x',
      when: hasRows,
      run: does(acts.toggle),
    },
    {
      id: 'queue.range',
      title: 'queue.command.range',
      group,
      keys: 'shift+x',
      when: hasRows,
      run: does(acts.extend),
    },
    {
      id: 'queue.clearSelection',
      title: 'queue.command.clearSelection',
      group,
      keys: 'esc',
      when: isSelecting,
      run: does(acts.clearSelection),
    },
    ...bulk,
    { id: 'queue.choose', title: 'queue.command.choose', group, keys: 'q', run: does(acts.choose) },
    { id: 'queue.filter', title: 'queue.command.filter', group, keys: 'shift+f', run: does(acts.filter) },
    { id: 'queue.refresh', title: 'queue.command.refresh', group, keys: '.', run: does(acts.refresh) },
    { id: 'queue.saveView', title: 'queue.command.save', group, run: does(acts.save) },
  ])
}
