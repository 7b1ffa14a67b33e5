import { Router } from 'express'
import { Inject, Service } from 'typedi'
import { PatientStore } from './PatientStore'

@Service()
export class AppointmentsController {
  readonly router = Router()

  @Inject(() => PatientStore)
  private readonly store!: PatientStore

  constructor() {
    this.router.get('/', (_req, res) => {
      res.json(this.store.all().map(patient => ({ patient: patient.id, at: '09:00' })))
    })
  }
}
