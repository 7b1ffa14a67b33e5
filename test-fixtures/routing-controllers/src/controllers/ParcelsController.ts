import type { NextFunction, Request, Response } from 'express'
import { Authorized, Body, Delete, Get, JsonController, OnUndefined, Param, Post, UseAfter, UseBefore } from 'routing-controllers'
import { Service } from 'typedi'
import { NoCache } from '../middleware/NoCache'
import { ParcelStore } from '../ParcelStore'
import { NewParcel } from './NewParcel'

function counted(req: Request, res: Response, next: NextFunction): void {
  res.locals.counted = true
  next()
}

@JsonController('/parcels')
@UseBefore(NoCache)
@Service()
export class ParcelsController {
  constructor(private readonly store: ParcelStore) {}

  @Get()
  list() {
    return this.store.all()
  }

  @Get('/:id')
  @UseAfter(counted)
  async one(@Param('id') id: string) {
    return this.store.find(id)
  }

  @Post()
  @Authorized('clerk')
  @UseBefore(counted, NoCache)
  async add(@Body() parcel: NewParcel) {
    return this.store.add(parcel)
  }

  @Delete('/:id')
  @Authorized(['clerk', 'admin'])
  @OnUndefined(204)
  async remove(@Param('id') id: string) {
    await this.store.remove(id)
  }
}
