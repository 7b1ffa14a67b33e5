import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator'

export class NewParcel {
  @IsInt()
  @Min(1)
  @Max(40)
  weight!: number

  @IsOptional()
  @IsString()
  note?: string
}
