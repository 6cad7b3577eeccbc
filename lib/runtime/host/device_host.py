"""Runs compiled modules on one device for a parent process, which speaks framed messages over stdin and stdout.

A frame is two little-endian u32 (bytes of the header, bytes of the payload), a JSON header and the payload. Tensors travel in the
payload or, where they are large, in a file of a folder that both sides see; a tensor is [dtype, shape, offset, byte length].
Device tensors have numbers that the parent chooses. The parent's death ends this process.
"""

import gc
import json
import mmap
import os
import re
import shutil
import signal
import struct
import sys
import threading
import time

PROTOCOL = 1
ALIGNMENT = 64
FRAME = struct.Struct("<II")


class Refused(Exception):
    """A request that cannot be done, as one line for the user."""


class NoDriver(Refused):
    """The driver of a device is not installed here: asking again does not help."""


def round_up(size):
    return (size + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT


def one_line(error):
    """The part of a runtime error that tells a user something, on one line."""
    text = " ".join(str(error).split())
    # The place in the runtime's own sources tells a user nothing.
    text = re.sub(r"\S*runtime/src/iree/\S+?:\d+: (?:[A-Z_]+; )?", "", text)
    text = re.sub(r"^Error invoking function: ", "", text)
    return text.split("; while invoking native function")[0]


def unpack(numbers):
    """Undoes the parent's packing: [first, count] stands for consecutive numbers."""
    flat = []
    for item in numbers:
        if item.__class__ is list and item[0].__class__ is int:
            flat.extend(range(item[0], item[0] + item[1]))
        else:
            flat.append(item)
    return flat


class Channel:
    """Framed messages on the two pipes that the parent holds the other ends of."""

    def __init__(self):
        self.source = os.fdopen(os.dup(0), "rb", buffering=1 << 20)
        self.sink = os.fdopen(os.dup(1), "wb", buffering=0)
        # Whatever prints to the standard streams must not disturb the protocol.
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def receive(self):
        head = self.source.read(FRAME.size)
        if len(head) < FRAME.size:
            return None, b""
        header_size, payload_size = FRAME.unpack(head)
        header = self.source.read(header_size)
        payload = self.source.read(payload_size) if payload_size else b""
        if len(header) < header_size or len(payload) < payload_size:
            return None, b""
        return json.loads(header), payload

    def send(self, header, payload=b""):
        text = json.dumps(header, separators=(",", ":")).encode()
        data = FRAME.pack(len(text), len(payload)) + text + payload
        view = memoryview(data)
        while view:
            view = view[self.sink.write(view) :]


class Folders:
    """Folders for tensors too large for a pipe, the fastest first."""

    def __init__(self, paths, inline_limit):
        self.paths = paths
        self.inline_limit = inline_limit
        self.count = 0

    def open_input(self, name, size):
        with open(name, "rb") as file:
            return mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ) if size else b""

    def write_output(self, arrays, size):
        """Writes arrays one after the other at aligned offsets into a new file."""
        for path in self.paths:
            room = os.statvfs(path)
            if room.f_bavail * room.f_frsize < size + (1 << 20):
                continue
            self.count += 1
            name = os.path.join(path, f"out-{self.count}")
            with open(name, "wb") as file:
                for array in arrays:
                    file.seek(round_up(file.tell()))
                    file.write(array.data)
                file.truncate(size)
            return name
        raise Refused(f"no room for {size} bytes in {' or '.join(self.paths)}")

    def remove(self):
        for path in self.paths:
            shutil.rmtree(path, ignore_errors=True)


def driver_problem(error):
    """Why a driver does not work, without all the places in which its library was looked for."""
    problem = one_line(error).removeprefix("Error creating driver: ")
    return re.split(r"[;:]? (?:please ensure|Tried:|ensure it is)", problem)[0].rstrip(";:")


def no_device(rt, uri, error):
    """What to tell of a device that could not be opened; whether its driver is installed is in the type."""
    problem = driver_problem(error)
    missing = re.match(r"Error creating driver: \S+ (?:NOT_FOUND|UNAVAILABLE); .*\blibrary\b", str(error))
    if missing:
        return NoDriver(
            f"device '{uri}' is not available ({problem}); install its driver, or choose a device that 'pcp-run devices' lists"
        )
    known = ", ".join(rt.query_available_drivers())
    unknown = re.search(r"no driver '\S+' registered", str(error)) is not None
    kind = NoDriver if unknown else Refused
    return kind(f"device '{uri}' is not available ({problem}); drivers of this runtime: {known}")


class Host:
    """The device, the modules loaded on it and the tensors that live there."""

    def __init__(self, rt, np, hello, folders):
        self.rt, self.np, self.folders = rt, np, folders
        self.bytes_type = np.dtype("uint8")
        try:
            self.device = rt.get_device(hello["device"])
        except Exception as error:
            raise no_device(rt, hello["device"], error) from None
        self.config = rt.Config(device=self.device)
        self.modules = {}
        self.tensors = {}
        # What a request leaves to be done once it is answered.
        self.afterwards = None
        element = rt.HalElementType
        self.elements = {
            "i1": element.BOOL_8, "i8": element.INT_8, "i16": element.INT_16, "i32": element.INT_32,
            "i64": element.INT_64, "ui8": element.UINT_8, "ui16": element.UINT_16, "ui32": element.UINT_32,
            "ui64": element.UINT_64, "f16": element.FLOAT_16, "bf16": element.BFLOAT_16, "f32": element.FLOAT_32,
            "f64": element.FLOAT_64, "complex<f32>": element.COMPLEX_64, "complex<f64>": element.COMPLEX_128,
            "f8E5M2": element.FLOAT_8_E5M2, "f8E4M3FN": element.FLOAT_8_E4M3_FN,
            "f8E5M2FNUZ": element.FLOAT_8_E5M2_FNUZ, "f8E4M3FNUZ": element.FLOAT_8_E4M3_FNUZ,
            "f8E8M0FNU": element.FLOAT_8_E8M0_FNU,
        }  # fmt: skip
        self.dtypes = {int(value): name for name, value in self.elements.items()}
        for bits in (8, 16, 32, 64):
            self.dtypes[int(getattr(element, f"SINT_{bits}"))] = f"i{bits}"
        self.local = rt.MemoryType.DEVICE_LOCAL
        self.usage = rt.BufferUsage.DEFAULT
        if hello["device"].startswith("local"):
            self.usage = self.usage | rt.BufferUsage.MAPPING

    # -- tensors --------------------------------------------------------------------------------------------------------------

    def to_device(self, tensor, source):
        dtype, shape, offset, size = tensor
        element = self.elements.get(dtype)
        if element is None:
            raise Refused(f"element type {dtype} is not one that devices hold")
        allocator = self.device.allocator
        if size == 0:
            buffer = allocator.allocate_buffer(
                memory_type=self.local, allowed_usage=self.usage, allocation_size=0
            )
        else:
            array = self.np.frombuffer(source, self.bytes_type, size, offset)
            buffer = allocator.allocate_buffer_copy(
                memory_type=self.local, allowed_usage=self.usage, device=self.device, buffer=array
            )
        return self.rt.HalBufferView(buffer, tuple(shape), element)

    def to_host(self, view):
        """The bytes of a device tensor as an array of u8; the array keeps what it maps alive."""
        size = view.byte_length
        if size == 0:
            return self.np.empty(0, self.bytes_type)
        rt, buffer = self.rt, view.get_buffer()
        visible, mapping = int(rt.MemoryType.HOST_VISIBLE), int(rt.BufferUsage.MAPPING_SCOPED)
        if buffer.memory_type() & visible and int(buffer.allowed_usage()) & mapping:
            return view.map().asarray((size,), self.bytes_type)
        staging = self.device.allocator.allocate_buffer(
            memory_type=int(rt.MemoryType.HOST_LOCAL | rt.MemoryType.DEVICE_VISIBLE),
            allowed_usage=int(rt.BufferUsage.TRANSFER_TARGET | rt.BufferUsage.MAPPING_SCOPED),
            allocation_size=buffer.byte_length(),
        )
        timeline = self.device.create_semaphore(0)
        self.device.queue_copy(
            buffer,
            staging,
            wait_semaphores=rt.HalFence.create_at(timeline, 0),
            signal_semaphores=rt.HalFence.create_at(timeline, 1),
        )
        rt.HalFence.create_at(timeline, 1).wait()
        return staging.map().asarray((size,), self.bytes_type)

    def describe(self, view):
        kind = int(view.element_type)
        dtype = self.dtypes.get(kind)
        if dtype is None:
            raise Refused(f"a result has the element type 0x{kind:08x}, which is not known here")
        return dtype, list(view.shape)

    def outgoing(self, views):
        """Tensors for a response: their descriptions, the payload or else the file that holds them."""
        arrays = [self.to_host(view) for view in views]
        tensors, size = [], 0
        for view, array in zip(views, arrays):
            size = round_up(size)
            tensors.append([*self.describe(view), size, array.nbytes])
            size += array.nbytes
        if size > self.folders.inline_limit:
            return {"tensors": tensors, "file": self.folders.write_output(arrays, size)}, b""
        payload = bytearray(size)
        for (_, _, offset, length), array in zip(tensors, arrays):
            payload[offset : offset + length] = array.data
        return {"tensors": tensors}, payload

    def incoming(self, header, payload):
        """The bytes that the tensors of a request lie in."""
        name = header.get("file")
        return payload if name is None else self.folders.open_input(name, header["fileSize"])

    def tensor(self, number):
        """A reference to a device tensor, which is cheaper than the tensor's own object."""
        reference = self.tensors.get(number)
        if reference is None:
            raise Refused("a device tensor is used after its release")
        return reference

    # -- requests -------------------------------------------------------------------------------------------------------------

    def load(self, header, _payload):
        rt = self.rt
        try:
            module = rt.VmModule.mmap(self.config.vm_instance, header["path"])
            context = rt.SystemContext(vm_modules=[module], config=self.config)
        except Exception as error:
            # What it means depends on more than is known here.
            return {"problem": str(error)}, b""
        functions = {}
        described = []
        for name in module.function_names:
            if name == "__init" or name.endswith("$async"):
                continue
            function = module.lookup_function(name)
            functions[name] = function
            described.append([name, dict(function.reflection)])
        self.modules[header["module"]] = (context, functions)
        return {"functions": described}, b""

    def unload(self, header, _payload):
        self.modules.pop(header["module"], None)
        return {}, b""

    def put(self, header, payload):
        source = self.incoming(header, payload)
        for number, tensor in zip(header["numbers"], header["tensors"]):
            self.tensors[number] = self.to_device(tensor, source).ref
        return {}, b""

    def get(self, header, _payload):
        view = self.rt.HalBufferView
        return self.outgoing([self.tensor(number).deref(view) for number in header["numbers"]])

    def call(self, header, payload):
        rt = self.rt
        context, functions = self.modules[header["module"]]
        function = functions[header["function"]]
        source = self.incoming(header, payload)
        arguments = unpack(header["arguments"])
        values = rt.VmVariantList(len(arguments))
        push = values.push_ref
        for argument in arguments:
            if argument.__class__ is int:
                push(self.tensor(argument))
            elif argument[0] == "int":
                values.push_int(int(argument[1]))
            elif argument[0] == "float":
                values.push_float(float(argument[1]))
            else:
                push(self.to_device(argument, source))
        # One entry a result: the number of a device tensor that keeps it (negated where its shape is asked for), 0 to bring it
        # back, or "int"/"float".
        results = unpack(header["results"])
        returned = rt.VmVariantList(len(results))
        answered = [(index, number) for index, number in enumerate(results) if number.__class__ is str or number <= 0]
        started = time.perf_counter()
        try:
            context.vm_context.invoke(function, values, returned)
        except Exception as error:
            raise Refused(one_line(error)) from None
        took = time.perf_counter() - started
        kept, brought, scalars = [], [], []
        view_type, get = rt.HalBufferView, returned.get_as_object
        for index, number in answered:
            if number.__class__ is str:
                # As text: all digits of integers, and infinities, which JSON lacks.
                scalars.append(str(returned.get_variant(index)))
            elif number == 0:
                brought.append(get(index, view_type))
            else:
                kept.append(self.describe(get(index, view_type)))
        response, data = self.outgoing(brought)
        response["kept"] = kept
        response["scalars"] = scalars
        response["seconds"] = took

        # Freeing dozens of tensors takes as long as the rest of this: it waits for the answer to be on its way.
        held = [values]
        del values

        def settle():
            tensors = self.tensors
            for index, number in enumerate(results):
                if number.__class__ is int and number != 0:
                    tensors[abs(number)] = returned.get_as_ref(index)
            for number in unpack(header["consume"]):
                tensors.pop(number, None)
            held.clear()

        self.afterwards = settle
        return response, data

    def statistics(self, _header, _payload):
        allocator = self.device.allocator
        return {"statistics": allocator.statistics if allocator.has_statistics else None}, b""

    def release(self, numbers):
        for number in numbers:
            self.tensors.pop(number, None)


def installed_version(package):
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def list_devices(rt):
    """All devices of all drivers, or why a driver has none."""
    found = []
    for driver in rt.query_available_drivers():
        entry = {"driver": driver, "devices": [], "problem": None}
        try:
            for device in rt.get_driver(driver).query_available_devices():
                path = device.get("path", "")
                uri = f"{driver}://{path}" if path else driver
                entry["devices"].append({"uri": uri, "name": device.get("name", "")})
        except Exception as error:
            entry["problem"] = driver_problem(error)
        found.append(entry)
    return found


def watch_parent(parent, folders):
    """Ends this process soon after its parent is gone, even in the middle of a call."""
    while os.getppid() == parent:
        time.sleep(0.25)
    folders.remove()
    os._exit(0)


def serve(channel, host):
    operations = {
        "load": host.load, "unload": host.unload, "put": host.put, "get": host.get,
        "call": host.call, "statistics": host.statistics,
    }  # fmt: skip
    while True:
        header, payload = channel.receive()
        if header is None or header["op"] == "close":
            return
        host.release(header.get("free", ()))
        operation = operations.get(header["op"])
        if operation is None:
            continue
        try:
            response, data = operation(header, payload)
            response["id"] = header["id"]
        except Refused as error:
            response, data = {"id": header["id"], "error": str(error)}, b""
        except MemoryError:
            response, data = {"id": header["id"], "error": "out of memory on the device"}, b""
        except Exception as error:
            response, data = {"id": header["id"], "error": one_line(error)}, b""
        channel.send(response, data)
        # The parent goes on meanwhile: what it asks next is read after this.
        afterwards, host.afterwards = host.afterwards, None
        if afterwards is not None:
            afterwards()


def main():
    # Nothing here makes cycles, and a collection in the middle of a step takes longer than all the rest of it.
    gc.disable()
    # Ctrl-C, a closed terminal and a scheduler's notice reach the whole process group; the parent decides what they mean.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    channel = Channel()
    hello, _ = channel.receive()
    if hello is None:
        return
    folders = Folders(hello["folders"], hello["inlineLimit"])
    threading.Thread(target=watch_parent, args=(hello["parent"], folders), daemon=True).start()
    try:
        try:
            import iree.runtime as rt
            import numpy as np
        except ImportError as error:
            channel.send({"id": 0, "missing": error.name or str(error)})
            return
        answer = {
            "id": 0,
            "protocol": PROTOCOL,
            "pid": os.getpid(),
            "runtime": installed_version("iree-base-runtime"),
            "numpy": np.__version__,
        }
        if hello["device"] == "":
            channel.send({**answer, "drivers": list_devices(rt)})
            return
        try:
            host = Host(rt, np, hello, folders)
        except Refused as error:
            channel.send({"id": 0, "error": str(error), "noDriver": isinstance(error, NoDriver)})
            return
        channel.send(answer)
        serve(channel, host)
    finally:
        folders.remove()
        sys.stderr.flush()
        # Devices are torn down by the end of the process: running destructors in order is slower and gains nothing.
        os._exit(0)


main()
