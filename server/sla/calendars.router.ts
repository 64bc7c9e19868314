import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { rowRef } from '../catalog/contract.ts'
import {
  calendarChangesInput,
  holidaysOfInput,
  newCalendarInput,
  placesInput,
  previewInput,
} from './calendar.contract.ts'
import { holidaysOf, places } from './holidays.ts'

const read = permitted('desk.read')
const configure = permitted('desk.configure')

export const calendarsRouter = router({
  list: read.query(({ ctx }) => ctx.services.calendars.list()),
  /** What business time a calendar makes of a question, saved or not. */
  preview: read.input(previewInput).query(({ ctx, input }) => ctx.services.calendars.preview(input)),
  /** When the calendars in use are open, for screens to count down by. */
  stretches: read.query(({ ctx }) => ctx.services.calendars.stretches()),
  places: read.input(placesInput).query(({ input }) => places(input.locale)),
  holidays: read.input(holidaysOfInput).query(({ input }) => holidaysOf(input)),
  create: configure
    .input(newCalendarInput)
    .mutation(once(({ ctx, input }) => ctx.services.calendars.create(ctx.viewer, input))),
  update: configure
    .input(calendarChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.calendars.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.calendars.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.calendars.restore(ctx.viewer, input))),
})
