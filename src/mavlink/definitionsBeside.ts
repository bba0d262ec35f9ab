/**
 * Messages of MAVLink's XML (common.xml and development.xml of the MAVLink project, November 2026) that
 * `mavlink-mappings`, which is made from ArduPilot's, does not have. Once the package has a message, its definition
 * replaces the one here (`definitions.ts`); a test compares both.
 *
 * One field a line: its type, its name and, in brackets, its unit, in wire order; "+" marks an extension. Offsets,
 * lengths and the CRC extra are computed from them by the rules of https://mavlink.io/en/guide/serialization.html
 */
import { crcOver, crcWith, CRC_START } from "./crc.js";
import {
  SCALAR_BYTES,
  scalarType,
  type FieldDefinition,
  type MessageDefinition,
  type ScalarType,
} from "./fieldTypes.js";

type MessageBeside = { readonly id: number; readonly name: string; readonly fields: readonly string[] };

export const MESSAGES_BESIDE: readonly MessageBeside[] = [
  {
    id: 8,
    name: "LINK_NODE_STATUS",
    fields: [
      "uint64_t timestamp [ms]",
      "uint32_t tx_rate [bytes/s]",
      "uint32_t rx_rate [bytes/s]",
      "uint32_t messages_sent",
      "uint32_t messages_received",
      "uint32_t messages_lost",
      "uint16_t rx_parse_err [bytes]",
      "uint16_t tx_overflows [bytes]",
      "uint16_t rx_overflows [bytes]",
      "uint8_t tx_buf [%]",
      "uint8_t rx_buf [%]",
    ],
  },
  {
    id: 19,
    name: "PARAM_ACK_TRANSACTION",
    fields: [
      "float param_value",
      "uint8_t target_system",
      "uint8_t target_component",
      "char[16] param_id",
      "uint8_t param_type",
      "uint8_t param_result",
    ],
  },
  {
    id: 52,
    name: "MISSION_CHANGED",
    fields: [
      "int16_t start_index",
      "int16_t end_index",
      "uint8_t origin_sysid",
      "uint8_t origin_compid",
      "uint8_t mission_type",
    ],
  },
  { id: 53, name: "MISSION_CHECKSUM", fields: ["uint32_t checksum", "uint8_t mission_type"] },
  {
    id: 80,
    name: "COMMAND_CANCEL",
    fields: ["uint16_t command", "uint8_t target_system", "uint8_t target_component"],
  },
  {
    id: 290,
    name: "ESC_INFO",
    fields: [
      "uint64_t time_usec [us]",
      "uint32_t[4] error_count",
      "uint16_t counter",
      "uint16_t[4] failure_flags",
      "int16_t[4] temperature [cdegC]",
      "uint8_t index",
      "uint8_t count",
      "uint8_t connection_type",
      "uint8_t info",
    ],
  },
  {
    id: 291,
    name: "ESC_STATUS",
    fields: [
      "uint64_t time_usec [us]",
      "int32_t[4] rpm [rpm]",
      "float[4] voltage [V]",
      "float[4] current [A]",
      "uint8_t index",
    ],
  },
  {
    id: 298,
    name: "WIFI_NETWORK_INFO",
    fields: [
      "uint16_t data_rate [MiB/s]",
      "char[32] ssid",
      "uint8_t channel_id",
      "uint8_t signal_quality [%]",
      "uint8_t security",
    ],
  },
  {
    id: 337,
    name: "CELLULAR_MODEM_INFORMATION",
    fields: [
      "uint64_t imei",
      "uint64_t imsi",
      "uint8_t id",
      "char[10] modem_id",
      "char[20] iccid",
      "char[24] firmware",
      "char[50] modem_model",
    ],
  },
  {
    id: 345,
    name: "PARAM_ERROR",
    fields: [
      "int16_t param_index",
      "uint8_t target_system",
      "uint8_t target_component",
      "char[16] param_id",
      "uint8_t error",
    ],
  },
  {
    id: 354,
    name: "SET_VELOCITY_LIMITS",
    fields: [
      "float horizontal_speed_limit [m/s]",
      "float vertical_speed_limit [m/s]",
      "float yaw_rate_limit [rad/s]",
      "uint8_t target_system",
      "uint8_t target_component",
    ],
  },
  {
    id: 355,
    name: "VELOCITY_LIMITS",
    fields: ["float horizontal_speed_limit [m/s]", "float vertical_speed_limit [m/s]", "float yaw_rate_limit [rad/s]"],
  },
  {
    id: 372,
    name: "BATTERY_INFO",
    fields: [
      "float discharge_minimum_voltage [V]",
      "float charging_minimum_voltage [V]",
      "float resting_minimum_voltage [V]",
      "float charging_maximum_voltage [V]",
      "float charging_maximum_current [A]",
      "float nominal_voltage [V]",
      "float discharge_maximum_current [A]",
      "float discharge_maximum_burst_current [A]",
      "float design_capacity [Ah]",
      "float full_charge_capacity [Ah]",
      "uint16_t cycle_count",
      "uint16_t weight [g]",
      "uint8_t id",
      "uint8_t battery_function",
      "uint8_t type",
      "uint8_t state_of_health [%]",
      "uint8_t cells_in_series",
      "char[9] manufacture_date",
      "char[32] serial_number",
      "char[50] name",
    ],
  },
  {
    id: 380,
    name: "TIME_ESTIMATE_TO_TARGET",
    fields: [
      "int32_t safe_return [s]",
      "int32_t land [s]",
      "int32_t mission_next_item [s]",
      "int32_t mission_end [s]",
      "int32_t commanded_action [s]",
    ],
  },
  {
    id: 410,
    name: "EVENT",
    fields: [
      "uint32_t id",
      "uint32_t event_time_boot_ms [ms]",
      "uint16_t sequence",
      "uint8_t destination_component",
      "uint8_t destination_system",
      "uint8_t log_levels",
      "uint8_t[40] arguments",
    ],
  },
  { id: 411, name: "CURRENT_EVENT_SEQUENCE", fields: ["uint16_t sequence", "uint8_t flags"] },
  {
    id: 412,
    name: "REQUEST_EVENT",
    fields: ["uint16_t first_sequence", "uint16_t last_sequence", "uint8_t target_system", "uint8_t target_component"],
  },
  {
    id: 413,
    name: "RESPONSE_EVENT_ERROR",
    fields: [
      "uint16_t sequence",
      "uint16_t sequence_oldest_available",
      "uint8_t target_system",
      "uint8_t target_component",
      "uint8_t reason",
    ],
  },
  {
    id: 421,
    name: "RC_CHANNELS_OVERRIDE_V2",
    fields: ["uint32_t active_mask", "uint8_t target_system", "uint8_t target_component", "+ int16_t[32] channels"],
  },
  {
    id: 442,
    name: "EFI_PERFORMANCE",
    fields: [
      "uint64_t status_flags",
      "float fuel_mass_rate [g/min]",
      "float commanded_rpm [rpm]",
      "uint32_t engine_runtime [s]",
      "float boost_pressure [kPa]",
      "float coolant_pressure [kPa]",
      "uint16_t fuel_pump_voltage [mV]",
      "uint16_t fuel_pump_current [cA]",
      "uint16_t ecu_supply_voltage [mV]",
      "uint16_t ecu_current [cA]",
      "int16_t ecu_temperature [cdegC]",
      "uint16_t servo_supply_voltage [mV]",
      "int16_t engine_torque [%]",
      "uint8_t ecu_index",
      "uint8_t fuel_pump_duty_cycle [%]",
      "uint8_t ecu_cpu_load [%]",
      "uint8_t servo_output_level [%]",
      "uint8_t water_pump_duty_cycle [%]",
      "uint8_t injector_duty_cycle [%]",
      "uint8_t error_memory_count",
    ],
  },
  {
    id: 513,
    name: "RANGING_BEACON",
    fields: [
      "uint64_t time_usec [us]",
      "uint32_t range [mm]",
      "int32_t lat [degE7]",
      "int32_t lon [degE7]",
      "float alt [m]",
      "uint32_t hacc_est [mm]",
      "uint32_t vacc_est [mm]",
      "uint32_t range_accuracy [mm]",
      "uint16_t beacon_id",
      "uint16_t carrier_freq [MHz]",
      "uint8_t target_system",
      "uint8_t target_component",
      "uint8_t alt_type",
      "uint8_t sequence",
      "uint8_t status",
    ],
  },
  {
    id: 514,
    name: "ESTIMATOR_SENSOR_FUSION_STATUS",
    fields: ["float[9] test_ratio", "uint8_t[9] intended", "uint8_t[9] active"],
  },
  {
    id: 515,
    name: "MANUAL_INPUT_STATUS",
    fields: ["uint8_t source", "uint8_t sender_system_id", "uint8_t sender_component_id"],
  },
  {
    id: 516,
    name: "DISTANCE_SENSOR_INFO",
    fields: [
      "float min_distance [m]",
      "float max_distance [m]",
      "float horizontal_fov [rad]",
      "float vertical_fov [rad]",
      "uint8_t id",
      "uint8_t type",
      "uint8_t orientation",
      "+ float[4] quaternion",
    ],
  },
  {
    id: 517,
    name: "DISTANCE_SENSOR_V2",
    fields: ["uint32_t time_boot_ms [ms]", "float distance [m]", "uint8_t id", "int8_t signal_quality [%]"],
  },
];

type ParsedField = {
  readonly name: string;
  readonly type: ScalarType;
  readonly arrayLength: number;
  readonly isExtension: boolean;
};

function parsedField(line: string): ParsedField {
  const match = /^(\+ )?(\w+?)(?:\[(\d+)\])? (\w+)(?: \[[^\]]+\])?$/.exec(line);
  const [, plus, type = "", length, name = ""] = match ?? [];
  if (!match) throw new Error(`Invariant: no field is written as "${line}"`);
  return { name, type: scalarType(type), arrayLength: Number(length ?? 0), isExtension: plus !== undefined };
}

/** The complete definition of a message in the table. */
export function definitionBeside({ id, name, fields: lines }: MessageBeside): MessageDefinition {
  const parsed = lines.map(parsedField);
  const fields: FieldDefinition[] = [];
  let offset = 0;
  let baseLength = 0;
  for (const field of parsed) {
    fields.push({ ...field, offset });
    offset += SCALAR_BYTES[field.type] * Math.max(1, field.arrayLength);
    if (!field.isExtension) baseLength = offset;
  }
  return { id, name, crcExtra: crcExtraOf(name, parsed), fullLength: offset, baseLength, fields };
}

/**
 * The CRC extra: a checksum over the name and the base fields in wire order.
 * https://mavlink.io/en/guide/serialization.html#crc_extra
 */
function crcExtraOf(name: string, fields: readonly ParsedField[]): number {
  let crc = addText(CRC_START, `${name} `);
  for (const { name: fieldName, type, arrayLength, isExtension } of fields) {
    if (isExtension) continue;
    crc = addText(crc, `${type} ${fieldName} `);
    if (arrayLength > 0) crc = crcWith(crc, arrayLength);
  }
  return (crc & 0xff) ^ (crc >>> 8);
}

function addText(crc: number, text: string): number {
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return crcOver(crc, bytes, 0, bytes.length);
}
