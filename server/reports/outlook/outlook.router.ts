import { permitted, router } from '../../api/trpc.ts'
import { forecastInput, staffingInput } from './contract.ts'

const oversee = permitted('tickets.readAll')

export const outlookRouter = router({
  forecast: oversee.input(forecastInput).query(({ ctx, input }) => ctx.services.outlook.forecast(input)),
  staffing: oversee.input(staffingInput).query(({ ctx, input }) => ctx.services.outlook.staffing(input)),
})
