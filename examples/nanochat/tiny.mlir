module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<256x128xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<128x128xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<128x128xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<128x128xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<128x128xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<512x128xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<128x512xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<128x128xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<128x128xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<128x128xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<128x128xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<512x128xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<128x512xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<128x128xf32> {pcp.name = "blocks.2.attn.q.weight", pcp.role = "param"}, %arg14: tensor<128x128xf32> {pcp.name = "blocks.2.attn.k.weight", pcp.role = "param"}, %arg15: tensor<128x128xf32> {pcp.name = "blocks.2.attn.v.weight", pcp.role = "param"}, %arg16: tensor<128x128xf32> {pcp.name = "blocks.2.attn.out.weight", pcp.role = "param"}, %arg17: tensor<512x128xf32> {pcp.name = "blocks.2.mlp.up.weight", pcp.role = "param"}, %arg18: tensor<128x512xf32> {pcp.name = "blocks.2.mlp.down.weight", pcp.role = "param"}, %arg19: tensor<128x128xf32> {pcp.name = "blocks.3.attn.q.weight", pcp.role = "param"}, %arg20: tensor<128x128xf32> {pcp.name = "blocks.3.attn.k.weight", pcp.role = "param"}, %arg21: tensor<128x128xf32> {pcp.name = "blocks.3.attn.v.weight", pcp.role = "param"}, %arg22: tensor<128x128xf32> {pcp.name = "blocks.3.attn.out.weight", pcp.role = "param"}, %arg23: tensor<512x128xf32> {pcp.name = "blocks.3.mlp.up.weight", pcp.role = "param"}, %arg24: tensor<128x512xf32> {pcp.name = "blocks.3.mlp.down.weight", pcp.role = "param"}, %arg25: tensor<256x128xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg26: tensor<8x128xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg27: tensor<8x128xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<[1.000000e+00, 0.562341332, 0.316227764, 0.177827939, 1.000000e-01, 0.0562341325, 0.0316227749, 0.0177827943, 0.00999999977, 0.00562341325, 0.00316227763, 0.00177827943, 1.000000e-03, 5.62341302E-4, 3.16227757E-4, 1.7782794E-4]> : tensor<16xf32>
    %c = stablehlo.constant dense<0> : tensor<1024xi64>
    %c_0 = stablehlo.constant dense<-1> : tensor<1024xi64>
    %c_1 = stablehlo.constant dense<0> : tensor<128xi64>
    %c_2 = stablehlo.constant dense<1> : tensor<128xi64>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_4 = stablehlo.constant dense<0> : tensor<i64>
    %cst_5 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<8x128x512xf32>
    %cst_7 = arith.constant dense<128> : tensor<1xi64>
    %cst_8 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_9 = arith.constant dense<32> : tensor<1xi64>
    %cst_10 = arith.constant dense<0.17677669529663687> : tensor<1xf64>
    %cst_11 = arith.constant dense<1.500000e+01> : tensor<1xf64>
    %c_12 = stablehlo.constant dense<1> : tensor<i64>
    %c_13 = stablehlo.constant dense<128> : tensor<i64>
    %0 = stablehlo.convert %c_12 : (tensor<i64>) -> tensor<f64>
    %1 = stablehlo.convert %c_13 : (tensor<i64>) -> tensor<f64>
    %2 = stablehlo.divide %1, %0 : tensor<f64>
    %3 = stablehlo.ceil %2 : tensor<f64>
    %4 = stablehlo.convert %3 : (tensor<f64>) -> tensor<i64>
    %5 = stablehlo.reshape %4 : (tensor<i64>) -> tensor<1xi64>
    %6 = stablehlo.dynamic_iota %5, dim = 0 : (tensor<1xi64>) -> tensor<128xi64>
    %7 = stablehlo.multiply %6, %c_2 : tensor<128xi64>
    %8 = stablehlo.add %7, %c_1 : tensor<128xi64>
    %9 = stablehlo.convert %8 : (tensor<128xi64>) -> tensor<128xf32>
    %10 = stablehlo.reshape %9 : (tensor<128xf32>) -> tensor<128x1xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x16xf32>
    %12 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<16xf32>) -> tensor<128x16xf32>
    %13 = stablehlo.multiply %11, %12 : tensor<128x16xf32>
    %14 = stablehlo.cosine %13 : tensor<128x16xf32>
    %15 = stablehlo.sine %13 : tensor<128x16xf32>
    %16 = stablehlo.reshape %8 : (tensor<128xi64>) -> tensor<128x1xi64>
    %17 = stablehlo.reshape %8 : (tensor<128xi64>) -> tensor<1x128xi64>
    %18 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<128x1xi64>) -> tensor<128x128xi64>
    %19 = stablehlo.broadcast_in_dim %17, dims = [0, 1] : (tensor<1x128xi64>) -> tensor<128x128xi64>
    %20 = stablehlo.compare GE, %18, %19, SIGNED : (tensor<128x128xi64>, tensor<128x128xi64>) -> tensor<128x128xi1>
    %21 = "stablehlo.gather"(%arg0, %arg26) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<256x128xf32>, tensor<8x128xi64>) -> tensor<8x128x128xf32>
    %22 = stablehlo.convert %21 : tensor<8x128x128xf32>
    %23 = stablehlo.multiply %22, %22 : tensor<8x128x128xf32>
    %24 = stablehlo.reduce(%23 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %25 = stablehlo.reshape %24 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %26 = stablehlo.convert %cst_7 : (tensor<1xi64>) -> tensor<1xf32>
    %27 = stablehlo.reshape %26 : (tensor<1xf32>) -> tensor<f32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<f32>) -> tensor<8x128x1xf32>
    %29 = stablehlo.divide %25, %28 : tensor<8x128x1xf32>
    %30 = stablehlo.convert %cst_8 : (tensor<1xf64>) -> tensor<1xf32>
    %31 = stablehlo.reshape %30 : (tensor<1xf32>) -> tensor<f32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<f32>) -> tensor<8x128x1xf32>
    %33 = stablehlo.add %29, %32 : tensor<8x128x1xf32>
    %34 = stablehlo.rsqrt %33 : tensor<8x128x1xf32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %36 = stablehlo.multiply %22, %35 : tensor<8x128x128xf32>
    %37 = stablehlo.multiply %36, %36 : tensor<8x128x128xf32>
    %38 = stablehlo.reduce(%37 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %39 = stablehlo.reshape %38 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %40 = stablehlo.divide %39, %28 : tensor<8x128x1xf32>
    %41 = stablehlo.add %40, %32 : tensor<8x128x1xf32>
    %42 = stablehlo.rsqrt %41 : tensor<8x128x1xf32>
    %43 = stablehlo.broadcast_in_dim %42, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %44 = stablehlo.multiply %36, %43 : tensor<8x128x128xf32>
    %45 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %46 = stablehlo.reshape %44 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %47 = stablehlo.dot_general %46, %45, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %48 = stablehlo.reshape %47 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %49 = stablehlo.reshape %48 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %50 = stablehlo.transpose %49, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %51 = stablehlo.slice %50 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %52 = stablehlo.slice %50 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %53 = stablehlo.broadcast_in_dim %14, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<8x4x128x16xf32>
    %54 = stablehlo.multiply %51, %53 : tensor<8x4x128x16xf32>
    %55 = stablehlo.broadcast_in_dim %15, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<8x4x128x16xf32>
    %56 = stablehlo.multiply %52, %55 : tensor<8x4x128x16xf32>
    %57 = stablehlo.add %54, %56 : tensor<8x4x128x16xf32>
    %58 = stablehlo.multiply %52, %53 : tensor<8x4x128x16xf32>
    %59 = stablehlo.multiply %51, %55 : tensor<8x4x128x16xf32>
    %60 = stablehlo.subtract %58, %59 : tensor<8x4x128x16xf32>
    %61 = stablehlo.concatenate %57, %60, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %62 = stablehlo.multiply %61, %61 : tensor<8x4x128x32xf32>
    %63 = stablehlo.reduce(%62 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %64 = stablehlo.reshape %63 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %65 = stablehlo.convert %cst_9 : (tensor<1xi64>) -> tensor<1xf32>
    %66 = stablehlo.reshape %65 : (tensor<1xf32>) -> tensor<f32>
    %67 = stablehlo.broadcast_in_dim %66, dims = [] : (tensor<f32>) -> tensor<8x4x128x1xf32>
    %68 = stablehlo.divide %64, %67 : tensor<8x4x128x1xf32>
    %69 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<f32>) -> tensor<8x4x128x1xf32>
    %70 = stablehlo.add %68, %69 : tensor<8x4x128x1xf32>
    %71 = stablehlo.rsqrt %70 : tensor<8x4x128x1xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %73 = stablehlo.multiply %61, %72 : tensor<8x4x128x32xf32>
    %74 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %75 = stablehlo.dot_general %46, %74, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %76 = stablehlo.reshape %75 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %77 = stablehlo.reshape %76 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %78 = stablehlo.transpose %77, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %79 = stablehlo.slice %78 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %80 = stablehlo.slice %78 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %81 = stablehlo.multiply %79, %53 : tensor<8x4x128x16xf32>
    %82 = stablehlo.multiply %80, %55 : tensor<8x4x128x16xf32>
    %83 = stablehlo.add %81, %82 : tensor<8x4x128x16xf32>
    %84 = stablehlo.multiply %80, %53 : tensor<8x4x128x16xf32>
    %85 = stablehlo.multiply %79, %55 : tensor<8x4x128x16xf32>
    %86 = stablehlo.subtract %84, %85 : tensor<8x4x128x16xf32>
    %87 = stablehlo.concatenate %83, %86, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %88 = stablehlo.multiply %87, %87 : tensor<8x4x128x32xf32>
    %89 = stablehlo.reduce(%88 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %90 = stablehlo.reshape %89 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %91 = stablehlo.divide %90, %67 : tensor<8x4x128x1xf32>
    %92 = stablehlo.add %91, %69 : tensor<8x4x128x1xf32>
    %93 = stablehlo.rsqrt %92 : tensor<8x4x128x1xf32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %95 = stablehlo.multiply %87, %94 : tensor<8x4x128x32xf32>
    %96 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %97 = stablehlo.dot_general %46, %96, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %98 = stablehlo.reshape %97 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %99 = stablehlo.reshape %98 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %100 = stablehlo.transpose %99, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %101 = stablehlo.transpose %95, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %102 = stablehlo.reshape %73 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %103 = stablehlo.reshape %101 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [0, 1, 2] : (tensor<32x32x128xf32>) -> tensor<32x32x128xf32>
    %105 = stablehlo.dot_general %102, %104, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %106 = stablehlo.reshape %105 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %107 = stablehlo.convert %cst_10 : (tensor<1xf64>) -> tensor<1xf32>
    %108 = stablehlo.reshape %107 : (tensor<1xf32>) -> tensor<f32>
    %109 = stablehlo.broadcast_in_dim %108, dims = [] : (tensor<f32>) -> tensor<8x4x128x128xf32>
    %110 = stablehlo.multiply %106, %109 : tensor<8x4x128x128xf32>
    %111 = stablehlo.not %20 : tensor<128x128xi1>
    %112 = stablehlo.reshape %111 : (tensor<128x128xi1>) -> tensor<1x1x128x128xi1>
    %113 = stablehlo.broadcast_in_dim %112, dims = [0, 1, 2, 3] : (tensor<1x1x128x128xi1>) -> tensor<8x4x128x128xi1>
    %114 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<8x4x128x128xf32>
    %115 = stablehlo.broadcast_in_dim %110, dims = [0, 1, 2, 3] : (tensor<8x4x128x128xf32>) -> tensor<8x4x128x128xf32>
    %116 = stablehlo.select %113, %114, %115 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %117 = stablehlo.reduce(%116 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %118 = stablehlo.reshape %117 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %120 = stablehlo.subtract %116, %119 : tensor<8x4x128x128xf32>
    %121 = stablehlo.exponential %120 : tensor<8x4x128x128xf32>
    %122 = stablehlo.reduce(%121 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %123 = stablehlo.reshape %122 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %124 = stablehlo.broadcast_in_dim %123, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %125 = stablehlo.divide %121, %124 : tensor<8x4x128x128xf32>
    %126 = stablehlo.reshape %125 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %127 = stablehlo.reshape %100 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %128 = stablehlo.broadcast_in_dim %127, dims = [0, 1, 2] : (tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %129 = stablehlo.dot_general %126, %128, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %130 = stablehlo.reshape %129 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %131 = stablehlo.transpose %130, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %132 = stablehlo.reshape %131 : (tensor<8x128x4x32xf32>) -> tensor<8x128x128xf32>
    %133 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %134 = stablehlo.reshape %132 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %135 = stablehlo.dot_general %134, %133, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %136 = stablehlo.reshape %135 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %137 = stablehlo.add %36, %136 : tensor<8x128x128xf32>
    %138 = stablehlo.multiply %137, %137 : tensor<8x128x128xf32>
    %139 = stablehlo.reduce(%138 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %140 = stablehlo.reshape %139 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %141 = stablehlo.divide %140, %28 : tensor<8x128x1xf32>
    %142 = stablehlo.add %141, %32 : tensor<8x128x1xf32>
    %143 = stablehlo.rsqrt %142 : tensor<8x128x1xf32>
    %144 = stablehlo.broadcast_in_dim %143, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %145 = stablehlo.multiply %137, %144 : tensor<8x128x128xf32>
    %146 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %147 = stablehlo.reshape %145 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %148 = stablehlo.dot_general %147, %146, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %149 = stablehlo.reshape %148 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %150 = stablehlo.maximum %149, %cst_6 : tensor<8x128x512xf32>
    %151 = stablehlo.multiply %150, %150 : tensor<8x128x512xf32>
    %152 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %153 = stablehlo.reshape %151 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %154 = stablehlo.dot_general %153, %152, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %155 = stablehlo.reshape %154 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %156 = stablehlo.add %137, %155 : tensor<8x128x128xf32>
    %157 = stablehlo.multiply %156, %156 : tensor<8x128x128xf32>
    %158 = stablehlo.reduce(%157 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %159 = stablehlo.reshape %158 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %160 = stablehlo.divide %159, %28 : tensor<8x128x1xf32>
    %161 = stablehlo.add %160, %32 : tensor<8x128x1xf32>
    %162 = stablehlo.rsqrt %161 : tensor<8x128x1xf32>
    %163 = stablehlo.broadcast_in_dim %162, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %164 = stablehlo.multiply %156, %163 : tensor<8x128x128xf32>
    %165 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %166 = stablehlo.reshape %164 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %167 = stablehlo.dot_general %166, %165, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %168 = stablehlo.reshape %167 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %169 = stablehlo.reshape %168 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %170 = stablehlo.transpose %169, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %171 = stablehlo.slice %170 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %172 = stablehlo.slice %170 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %173 = stablehlo.multiply %171, %53 : tensor<8x4x128x16xf32>
    %174 = stablehlo.multiply %172, %55 : tensor<8x4x128x16xf32>
    %175 = stablehlo.add %173, %174 : tensor<8x4x128x16xf32>
    %176 = stablehlo.multiply %172, %53 : tensor<8x4x128x16xf32>
    %177 = stablehlo.multiply %171, %55 : tensor<8x4x128x16xf32>
    %178 = stablehlo.subtract %176, %177 : tensor<8x4x128x16xf32>
    %179 = stablehlo.concatenate %175, %178, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %180 = stablehlo.multiply %179, %179 : tensor<8x4x128x32xf32>
    %181 = stablehlo.reduce(%180 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %182 = stablehlo.reshape %181 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %183 = stablehlo.divide %182, %67 : tensor<8x4x128x1xf32>
    %184 = stablehlo.add %183, %69 : tensor<8x4x128x1xf32>
    %185 = stablehlo.rsqrt %184 : tensor<8x4x128x1xf32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %187 = stablehlo.multiply %179, %186 : tensor<8x4x128x32xf32>
    %188 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %189 = stablehlo.dot_general %166, %188, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %190 = stablehlo.reshape %189 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %191 = stablehlo.reshape %190 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %192 = stablehlo.transpose %191, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %193 = stablehlo.slice %192 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %194 = stablehlo.slice %192 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %195 = stablehlo.multiply %193, %53 : tensor<8x4x128x16xf32>
    %196 = stablehlo.multiply %194, %55 : tensor<8x4x128x16xf32>
    %197 = stablehlo.add %195, %196 : tensor<8x4x128x16xf32>
    %198 = stablehlo.multiply %194, %53 : tensor<8x4x128x16xf32>
    %199 = stablehlo.multiply %193, %55 : tensor<8x4x128x16xf32>
    %200 = stablehlo.subtract %198, %199 : tensor<8x4x128x16xf32>
    %201 = stablehlo.concatenate %197, %200, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %202 = stablehlo.multiply %201, %201 : tensor<8x4x128x32xf32>
    %203 = stablehlo.reduce(%202 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %204 = stablehlo.reshape %203 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %205 = stablehlo.divide %204, %67 : tensor<8x4x128x1xf32>
    %206 = stablehlo.add %205, %69 : tensor<8x4x128x1xf32>
    %207 = stablehlo.rsqrt %206 : tensor<8x4x128x1xf32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %209 = stablehlo.multiply %201, %208 : tensor<8x4x128x32xf32>
    %210 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %211 = stablehlo.dot_general %166, %210, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %212 = stablehlo.reshape %211 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %213 = stablehlo.reshape %212 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %214 = stablehlo.transpose %213, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %215 = stablehlo.transpose %209, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %216 = stablehlo.reshape %187 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %217 = stablehlo.reshape %215 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %218 = stablehlo.broadcast_in_dim %217, dims = [0, 1, 2] : (tensor<32x32x128xf32>) -> tensor<32x32x128xf32>
    %219 = stablehlo.dot_general %216, %218, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %220 = stablehlo.reshape %219 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %221 = stablehlo.multiply %220, %109 : tensor<8x4x128x128xf32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [0, 1, 2, 3] : (tensor<8x4x128x128xf32>) -> tensor<8x4x128x128xf32>
    %223 = stablehlo.select %113, %114, %222 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %224 = stablehlo.reduce(%223 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %225 = stablehlo.reshape %224 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %226 = stablehlo.broadcast_in_dim %225, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %227 = stablehlo.subtract %223, %226 : tensor<8x4x128x128xf32>
    %228 = stablehlo.exponential %227 : tensor<8x4x128x128xf32>
    %229 = stablehlo.reduce(%228 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %230 = stablehlo.reshape %229 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %231 = stablehlo.broadcast_in_dim %230, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %232 = stablehlo.divide %228, %231 : tensor<8x4x128x128xf32>
    %233 = stablehlo.reshape %232 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %234 = stablehlo.reshape %214 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2] : (tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %236 = stablehlo.dot_general %233, %235, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %237 = stablehlo.reshape %236 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %238 = stablehlo.transpose %237, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %239 = stablehlo.reshape %238 : (tensor<8x128x4x32xf32>) -> tensor<8x128x128xf32>
    %240 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %241 = stablehlo.reshape %239 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %242 = stablehlo.dot_general %241, %240, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %243 = stablehlo.reshape %242 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %244 = stablehlo.add %156, %243 : tensor<8x128x128xf32>
    %245 = stablehlo.multiply %244, %244 : tensor<8x128x128xf32>
    %246 = stablehlo.reduce(%245 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %247 = stablehlo.reshape %246 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %248 = stablehlo.divide %247, %28 : tensor<8x128x1xf32>
    %249 = stablehlo.add %248, %32 : tensor<8x128x1xf32>
    %250 = stablehlo.rsqrt %249 : tensor<8x128x1xf32>
    %251 = stablehlo.broadcast_in_dim %250, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %252 = stablehlo.multiply %244, %251 : tensor<8x128x128xf32>
    %253 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %254 = stablehlo.reshape %252 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %255 = stablehlo.dot_general %254, %253, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %256 = stablehlo.reshape %255 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %257 = stablehlo.maximum %256, %cst_6 : tensor<8x128x512xf32>
    %258 = stablehlo.multiply %257, %257 : tensor<8x128x512xf32>
    %259 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %260 = stablehlo.reshape %258 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %261 = stablehlo.dot_general %260, %259, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %262 = stablehlo.reshape %261 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %263 = stablehlo.add %244, %262 : tensor<8x128x128xf32>
    %264 = stablehlo.multiply %263, %263 : tensor<8x128x128xf32>
    %265 = stablehlo.reduce(%264 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %266 = stablehlo.reshape %265 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %267 = stablehlo.divide %266, %28 : tensor<8x128x1xf32>
    %268 = stablehlo.add %267, %32 : tensor<8x128x1xf32>
    %269 = stablehlo.rsqrt %268 : tensor<8x128x1xf32>
    %270 = stablehlo.broadcast_in_dim %269, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %271 = stablehlo.multiply %263, %270 : tensor<8x128x128xf32>
    %272 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %273 = stablehlo.reshape %271 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %274 = stablehlo.dot_general %273, %272, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %275 = stablehlo.reshape %274 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %276 = stablehlo.reshape %275 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %277 = stablehlo.transpose %276, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %278 = stablehlo.slice %277 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %279 = stablehlo.slice %277 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %280 = stablehlo.multiply %278, %53 : tensor<8x4x128x16xf32>
    %281 = stablehlo.multiply %279, %55 : tensor<8x4x128x16xf32>
    %282 = stablehlo.add %280, %281 : tensor<8x4x128x16xf32>
    %283 = stablehlo.multiply %279, %53 : tensor<8x4x128x16xf32>
    %284 = stablehlo.multiply %278, %55 : tensor<8x4x128x16xf32>
    %285 = stablehlo.subtract %283, %284 : tensor<8x4x128x16xf32>
    %286 = stablehlo.concatenate %282, %285, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %287 = stablehlo.multiply %286, %286 : tensor<8x4x128x32xf32>
    %288 = stablehlo.reduce(%287 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %289 = stablehlo.reshape %288 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %290 = stablehlo.divide %289, %67 : tensor<8x4x128x1xf32>
    %291 = stablehlo.add %290, %69 : tensor<8x4x128x1xf32>
    %292 = stablehlo.rsqrt %291 : tensor<8x4x128x1xf32>
    %293 = stablehlo.broadcast_in_dim %292, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %294 = stablehlo.multiply %286, %293 : tensor<8x4x128x32xf32>
    %295 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %296 = stablehlo.dot_general %273, %295, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %297 = stablehlo.reshape %296 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %298 = stablehlo.reshape %297 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %299 = stablehlo.transpose %298, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %300 = stablehlo.slice %299 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %301 = stablehlo.slice %299 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %302 = stablehlo.multiply %300, %53 : tensor<8x4x128x16xf32>
    %303 = stablehlo.multiply %301, %55 : tensor<8x4x128x16xf32>
    %304 = stablehlo.add %302, %303 : tensor<8x4x128x16xf32>
    %305 = stablehlo.multiply %301, %53 : tensor<8x4x128x16xf32>
    %306 = stablehlo.multiply %300, %55 : tensor<8x4x128x16xf32>
    %307 = stablehlo.subtract %305, %306 : tensor<8x4x128x16xf32>
    %308 = stablehlo.concatenate %304, %307, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %309 = stablehlo.multiply %308, %308 : tensor<8x4x128x32xf32>
    %310 = stablehlo.reduce(%309 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %311 = stablehlo.reshape %310 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %312 = stablehlo.divide %311, %67 : tensor<8x4x128x1xf32>
    %313 = stablehlo.add %312, %69 : tensor<8x4x128x1xf32>
    %314 = stablehlo.rsqrt %313 : tensor<8x4x128x1xf32>
    %315 = stablehlo.broadcast_in_dim %314, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %316 = stablehlo.multiply %308, %315 : tensor<8x4x128x32xf32>
    %317 = stablehlo.transpose %arg15, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %318 = stablehlo.dot_general %273, %317, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %319 = stablehlo.reshape %318 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %320 = stablehlo.reshape %319 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %321 = stablehlo.transpose %320, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %322 = stablehlo.transpose %316, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %323 = stablehlo.reshape %294 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %324 = stablehlo.reshape %322 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %325 = stablehlo.broadcast_in_dim %324, dims = [0, 1, 2] : (tensor<32x32x128xf32>) -> tensor<32x32x128xf32>
    %326 = stablehlo.dot_general %323, %325, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %327 = stablehlo.reshape %326 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %328 = stablehlo.multiply %327, %109 : tensor<8x4x128x128xf32>
    %329 = stablehlo.broadcast_in_dim %328, dims = [0, 1, 2, 3] : (tensor<8x4x128x128xf32>) -> tensor<8x4x128x128xf32>
    %330 = stablehlo.select %113, %114, %329 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %331 = stablehlo.reduce(%330 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %332 = stablehlo.reshape %331 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %333 = stablehlo.broadcast_in_dim %332, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %334 = stablehlo.subtract %330, %333 : tensor<8x4x128x128xf32>
    %335 = stablehlo.exponential %334 : tensor<8x4x128x128xf32>
    %336 = stablehlo.reduce(%335 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %337 = stablehlo.reshape %336 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %338 = stablehlo.broadcast_in_dim %337, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %339 = stablehlo.divide %335, %338 : tensor<8x4x128x128xf32>
    %340 = stablehlo.reshape %339 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %341 = stablehlo.reshape %321 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %342 = stablehlo.broadcast_in_dim %341, dims = [0, 1, 2] : (tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %343 = stablehlo.dot_general %340, %342, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %344 = stablehlo.reshape %343 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %345 = stablehlo.transpose %344, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %346 = stablehlo.reshape %345 : (tensor<8x128x4x32xf32>) -> tensor<8x128x128xf32>
    %347 = stablehlo.transpose %arg16, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %348 = stablehlo.reshape %346 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %349 = stablehlo.dot_general %348, %347, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %350 = stablehlo.reshape %349 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %351 = stablehlo.add %263, %350 : tensor<8x128x128xf32>
    %352 = stablehlo.multiply %351, %351 : tensor<8x128x128xf32>
    %353 = stablehlo.reduce(%352 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %354 = stablehlo.reshape %353 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %355 = stablehlo.divide %354, %28 : tensor<8x128x1xf32>
    %356 = stablehlo.add %355, %32 : tensor<8x128x1xf32>
    %357 = stablehlo.rsqrt %356 : tensor<8x128x1xf32>
    %358 = stablehlo.broadcast_in_dim %357, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %359 = stablehlo.multiply %351, %358 : tensor<8x128x128xf32>
    %360 = stablehlo.transpose %arg17, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %361 = stablehlo.reshape %359 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %362 = stablehlo.dot_general %361, %360, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %363 = stablehlo.reshape %362 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %364 = stablehlo.maximum %363, %cst_6 : tensor<8x128x512xf32>
    %365 = stablehlo.multiply %364, %364 : tensor<8x128x512xf32>
    %366 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %367 = stablehlo.reshape %365 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %368 = stablehlo.dot_general %367, %366, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %369 = stablehlo.reshape %368 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %370 = stablehlo.add %351, %369 : tensor<8x128x128xf32>
    %371 = stablehlo.multiply %370, %370 : tensor<8x128x128xf32>
    %372 = stablehlo.reduce(%371 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %373 = stablehlo.reshape %372 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %374 = stablehlo.divide %373, %28 : tensor<8x128x1xf32>
    %375 = stablehlo.add %374, %32 : tensor<8x128x1xf32>
    %376 = stablehlo.rsqrt %375 : tensor<8x128x1xf32>
    %377 = stablehlo.broadcast_in_dim %376, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %378 = stablehlo.multiply %370, %377 : tensor<8x128x128xf32>
    %379 = stablehlo.transpose %arg19, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %380 = stablehlo.reshape %378 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %381 = stablehlo.dot_general %380, %379, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %382 = stablehlo.reshape %381 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %383 = stablehlo.reshape %382 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %384 = stablehlo.transpose %383, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %385 = stablehlo.slice %384 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %386 = stablehlo.slice %384 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %387 = stablehlo.multiply %385, %53 : tensor<8x4x128x16xf32>
    %388 = stablehlo.multiply %386, %55 : tensor<8x4x128x16xf32>
    %389 = stablehlo.add %387, %388 : tensor<8x4x128x16xf32>
    %390 = stablehlo.multiply %386, %53 : tensor<8x4x128x16xf32>
    %391 = stablehlo.multiply %385, %55 : tensor<8x4x128x16xf32>
    %392 = stablehlo.subtract %390, %391 : tensor<8x4x128x16xf32>
    %393 = stablehlo.concatenate %389, %392, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %394 = stablehlo.multiply %393, %393 : tensor<8x4x128x32xf32>
    %395 = stablehlo.reduce(%394 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %396 = stablehlo.reshape %395 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %397 = stablehlo.divide %396, %67 : tensor<8x4x128x1xf32>
    %398 = stablehlo.add %397, %69 : tensor<8x4x128x1xf32>
    %399 = stablehlo.rsqrt %398 : tensor<8x4x128x1xf32>
    %400 = stablehlo.broadcast_in_dim %399, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %401 = stablehlo.multiply %393, %400 : tensor<8x4x128x32xf32>
    %402 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %403 = stablehlo.dot_general %380, %402, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %404 = stablehlo.reshape %403 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %405 = stablehlo.reshape %404 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %406 = stablehlo.transpose %405, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %407 = stablehlo.slice %406 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %408 = stablehlo.slice %406 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %409 = stablehlo.multiply %407, %53 : tensor<8x4x128x16xf32>
    %410 = stablehlo.multiply %408, %55 : tensor<8x4x128x16xf32>
    %411 = stablehlo.add %409, %410 : tensor<8x4x128x16xf32>
    %412 = stablehlo.multiply %408, %53 : tensor<8x4x128x16xf32>
    %413 = stablehlo.multiply %407, %55 : tensor<8x4x128x16xf32>
    %414 = stablehlo.subtract %412, %413 : tensor<8x4x128x16xf32>
    %415 = stablehlo.concatenate %411, %414, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %416 = stablehlo.multiply %415, %415 : tensor<8x4x128x32xf32>
    %417 = stablehlo.reduce(%416 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %418 = stablehlo.reshape %417 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %419 = stablehlo.divide %418, %67 : tensor<8x4x128x1xf32>
    %420 = stablehlo.add %419, %69 : tensor<8x4x128x1xf32>
    %421 = stablehlo.rsqrt %420 : tensor<8x4x128x1xf32>
    %422 = stablehlo.broadcast_in_dim %421, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %423 = stablehlo.multiply %415, %422 : tensor<8x4x128x32xf32>
    %424 = stablehlo.transpose %arg21, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %425 = stablehlo.dot_general %380, %424, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %426 = stablehlo.reshape %425 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %427 = stablehlo.reshape %426 : (tensor<8x128x128xf32>) -> tensor<8x128x4x32xf32>
    %428 = stablehlo.transpose %427, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %429 = stablehlo.transpose %423, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %430 = stablehlo.reshape %401 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %431 = stablehlo.reshape %429 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %432 = stablehlo.broadcast_in_dim %431, dims = [0, 1, 2] : (tensor<32x32x128xf32>) -> tensor<32x32x128xf32>
    %433 = stablehlo.dot_general %430, %432, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %434 = stablehlo.reshape %433 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %435 = stablehlo.multiply %434, %109 : tensor<8x4x128x128xf32>
    %436 = stablehlo.broadcast_in_dim %435, dims = [0, 1, 2, 3] : (tensor<8x4x128x128xf32>) -> tensor<8x4x128x128xf32>
    %437 = stablehlo.select %113, %114, %436 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %438 = stablehlo.reduce(%437 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %439 = stablehlo.reshape %438 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %440 = stablehlo.broadcast_in_dim %439, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %441 = stablehlo.subtract %437, %440 : tensor<8x4x128x128xf32>
    %442 = stablehlo.exponential %441 : tensor<8x4x128x128xf32>
    %443 = stablehlo.reduce(%442 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %444 = stablehlo.reshape %443 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %445 = stablehlo.broadcast_in_dim %444, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x128xf32>
    %446 = stablehlo.divide %442, %445 : tensor<8x4x128x128xf32>
    %447 = stablehlo.reshape %446 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %448 = stablehlo.reshape %428 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %449 = stablehlo.broadcast_in_dim %448, dims = [0, 1, 2] : (tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %450 = stablehlo.dot_general %447, %449, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %451 = stablehlo.reshape %450 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %452 = stablehlo.transpose %451, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %453 = stablehlo.reshape %452 : (tensor<8x128x4x32xf32>) -> tensor<8x128x128xf32>
    %454 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %455 = stablehlo.reshape %453 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %456 = stablehlo.dot_general %455, %454, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %457 = stablehlo.reshape %456 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %458 = stablehlo.add %370, %457 : tensor<8x128x128xf32>
    %459 = stablehlo.multiply %458, %458 : tensor<8x128x128xf32>
    %460 = stablehlo.reduce(%459 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %461 = stablehlo.reshape %460 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %462 = stablehlo.divide %461, %28 : tensor<8x128x1xf32>
    %463 = stablehlo.add %462, %32 : tensor<8x128x1xf32>
    %464 = stablehlo.rsqrt %463 : tensor<8x128x1xf32>
    %465 = stablehlo.broadcast_in_dim %464, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %466 = stablehlo.multiply %458, %465 : tensor<8x128x128xf32>
    %467 = stablehlo.transpose %arg23, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %468 = stablehlo.reshape %466 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %469 = stablehlo.dot_general %468, %467, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %470 = stablehlo.reshape %469 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %471 = stablehlo.maximum %470, %cst_6 : tensor<8x128x512xf32>
    %472 = stablehlo.multiply %471, %471 : tensor<8x128x512xf32>
    %473 = stablehlo.transpose %arg24, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %474 = stablehlo.reshape %472 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %475 = stablehlo.dot_general %474, %473, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %476 = stablehlo.reshape %475 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %477 = stablehlo.add %458, %476 : tensor<8x128x128xf32>
    %478 = stablehlo.multiply %477, %477 : tensor<8x128x128xf32>
    %479 = stablehlo.reduce(%478 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %480 = stablehlo.reshape %479 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %481 = stablehlo.divide %480, %28 : tensor<8x128x1xf32>
    %482 = stablehlo.add %481, %32 : tensor<8x128x1xf32>
    %483 = stablehlo.rsqrt %482 : tensor<8x128x1xf32>
    %484 = stablehlo.broadcast_in_dim %483, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %485 = stablehlo.multiply %477, %484 : tensor<8x128x128xf32>
    %486 = stablehlo.transpose %arg25, dims = [1, 0] : (tensor<256x128xf32>) -> tensor<128x256xf32>
    %487 = stablehlo.reshape %485 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %488 = stablehlo.dot_general %487, %486, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x256xf32>) -> tensor<1024x256xf32>
    %489 = stablehlo.reshape %488 : (tensor<1024x256xf32>) -> tensor<8x128x256xf32>
    %490 = stablehlo.convert %cst_11 : (tensor<1xf64>) -> tensor<1xf32>
    %491 = stablehlo.reshape %490 : (tensor<1xf32>) -> tensor<f32>
    %492 = stablehlo.broadcast_in_dim %491, dims = [] : (tensor<f32>) -> tensor<8x128x256xf32>
    %493 = stablehlo.divide %489, %492 : tensor<8x128x256xf32>
    %494 = stablehlo.tanh %493 : tensor<8x128x256xf32>
    %495 = stablehlo.multiply %494, %492 : tensor<8x128x256xf32>
    %496 = stablehlo.reshape %495 : (tensor<8x128x256xf32>) -> tensor<1024x256xf32>
    %497 = stablehlo.reshape %arg27 : (tensor<8x128xi64>) -> tensor<1024xi64>
    %498 = stablehlo.reduce(%496 init: %cst_5) applies stablehlo.maximum across dimensions = [1] : (tensor<1024x256xf32>, tensor<f32>) -> tensor<1024xf32>
    %499 = stablehlo.reshape %498 : (tensor<1024xf32>) -> tensor<1024x1xf32>
    %500 = stablehlo.broadcast_in_dim %499, dims = [0, 1] : (tensor<1024x1xf32>) -> tensor<1024x256xf32>
    %501 = stablehlo.subtract %496, %500 : tensor<1024x256xf32>
    %502 = stablehlo.exponential %501 : tensor<1024x256xf32>
    %503 = stablehlo.reduce(%502 init: %cst_3) applies stablehlo.add across dimensions = [1] : (tensor<1024x256xf32>, tensor<f32>) -> tensor<1024xf32>
    %504 = stablehlo.reshape %503 : (tensor<1024xf32>) -> tensor<1024x1xf32>
    %505 = stablehlo.log %504 : tensor<1024x1xf32>
    %506 = stablehlo.broadcast_in_dim %505, dims = [0, 1] : (tensor<1024x1xf32>) -> tensor<1024x256xf32>
    %507 = stablehlo.subtract %501, %506 : tensor<1024x256xf32>
    %508 = stablehlo.compare NE, %497, %c_0, SIGNED : (tensor<1024xi64>, tensor<1024xi64>) -> tensor<1024xi1>
    %509 = stablehlo.broadcast_in_dim %508, dims = [0] : (tensor<1024xi1>) -> tensor<1024xi1>
    %510 = stablehlo.broadcast_in_dim %497, dims = [0] : (tensor<1024xi64>) -> tensor<1024xi64>
    %511 = stablehlo.select %509, %510, %c : tensor<1024xi1>, tensor<1024xi64>
    %512 = stablehlo.reshape %511 : (tensor<1024xi64>) -> tensor<1024x1xi64>
    %513 = stablehlo.iota dim = 0 : tensor<1024x1x1xi64>
    %514 = stablehlo.reshape %512 : (tensor<1024x1xi64>) -> tensor<1024x1x1xi64>
    %515 = stablehlo.concatenate %513, %514, dim = 2 : (tensor<1024x1x1xi64>, tensor<1024x1x1xi64>) -> tensor<1024x1x2xi64>
    %516 = "stablehlo.gather"(%507, %515) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<1024x256xf32>, tensor<1024x1x2xi64>) -> tensor<1024x1xf32>
    %517 = stablehlo.reshape %516 : (tensor<1024x1xf32>) -> tensor<1024xf32>
    %518 = stablehlo.negate %517 : tensor<1024xf32>
    %519 = stablehlo.broadcast_in_dim %518, dims = [0] : (tensor<1024xf32>) -> tensor<1024xf32>
    %520 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<1024xf32>
    %521 = stablehlo.select %509, %519, %520 : tensor<1024xi1>, tensor<1024xf32>
    %522 = stablehlo.convert %508 : (tensor<1024xi1>) -> tensor<1024xi64>
    %523 = stablehlo.reduce(%522 init: %c_4) applies stablehlo.add across dimensions = [0] : (tensor<1024xi64>, tensor<i64>) -> tensor<i64>
    %524 = stablehlo.convert %523 : (tensor<i64>) -> tensor<f32>
    %525 = stablehlo.reduce(%521 init: %cst_3) applies stablehlo.add across dimensions = [0] : (tensor<1024xf32>, tensor<f32>) -> tensor<f32>
    %526 = stablehlo.divide %525, %524 : tensor<f32>
    return %526 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<256x128xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<128x128xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<128x128xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<128x128xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<128x128xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<512x128xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<128x512xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<128x128xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<128x128xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<128x128xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<128x128xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<512x128xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<128x512xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<128x128xf32> {pcp.name = "blocks.2.attn.q.weight", pcp.role = "param"}, %arg14: tensor<128x128xf32> {pcp.name = "blocks.2.attn.k.weight", pcp.role = "param"}, %arg15: tensor<128x128xf32> {pcp.name = "blocks.2.attn.v.weight", pcp.role = "param"}, %arg16: tensor<128x128xf32> {pcp.name = "blocks.2.attn.out.weight", pcp.role = "param"}, %arg17: tensor<512x128xf32> {pcp.name = "blocks.2.mlp.up.weight", pcp.role = "param"}, %arg18: tensor<128x512xf32> {pcp.name = "blocks.2.mlp.down.weight", pcp.role = "param"}, %arg19: tensor<128x128xf32> {pcp.name = "blocks.3.attn.q.weight", pcp.role = "param"}, %arg20: tensor<128x128xf32> {pcp.name = "blocks.3.attn.k.weight", pcp.role = "param"}, %arg21: tensor<128x128xf32> {pcp.name = "blocks.3.attn.v.weight", pcp.role = "param"}, %arg22: tensor<128x128xf32> {pcp.name = "blocks.3.attn.out.weight", pcp.role = "param"}, %arg23: tensor<512x128xf32> {pcp.name = "blocks.3.mlp.up.weight", pcp.role = "param"}, %arg24: tensor<128x512xf32> {pcp.name = "blocks.3.mlp.down.weight", pcp.role = "param"}, %arg25: tensor<256x128xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg26: tensor<1x128xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x128x256xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<[1.000000e+00, 0.562341332, 0.316227764, 0.177827939, 1.000000e-01, 0.0562341325, 0.0316227749, 0.0177827943, 0.00999999977, 0.00562341325, 0.00316227763, 0.00177827943, 1.000000e-03, 5.62341302E-4, 3.16227757E-4, 1.7782794E-4]> : tensor<16xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<1x128x512xf32>
    %cst_3 = arith.constant dense<0> : tensor<1xi64>
    %cst_4 = arith.constant dense<128> : tensor<1xi64>
    %cst_5 = arith.constant dense<1> : tensor<1xi64>
    %cst_6 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_7 = arith.constant dense<32> : tensor<1xi64>
    %cst_8 = arith.constant dense<0.17677669529663687> : tensor<1xf64>
    %cst_9 = arith.constant dense<1.500000e+01> : tensor<1xf64>
    %0 = stablehlo.convert %cst_3 : tensor<1xi64>
    %1 = stablehlo.reshape %0 : (tensor<1xi64>) -> tensor<i64>
    %2 = stablehlo.convert %cst_4 : tensor<1xi64>
    %3 = stablehlo.reshape %2 : (tensor<1xi64>) -> tensor<i64>
    %4 = stablehlo.convert %cst_5 : tensor<1xi64>
    %5 = stablehlo.reshape %4 : (tensor<1xi64>) -> tensor<i64>
    %6 = stablehlo.subtract %3, %1 : tensor<i64>
    %7 = stablehlo.convert %5 : (tensor<i64>) -> tensor<f64>
    %8 = stablehlo.convert %6 : (tensor<i64>) -> tensor<f64>
    %9 = stablehlo.divide %8, %7 : tensor<f64>
    %10 = stablehlo.ceil %9 : tensor<f64>
    %11 = stablehlo.convert %10 : (tensor<f64>) -> tensor<i64>
    %12 = stablehlo.reshape %11 : (tensor<i64>) -> tensor<1xi64>
    %13 = stablehlo.dynamic_iota %12, dim = 0 : (tensor<1xi64>) -> tensor<128xi64>
    %14 = stablehlo.broadcast_in_dim %5, dims = [] : (tensor<i64>) -> tensor<128xi64>
    %15 = stablehlo.multiply %13, %14 : tensor<128xi64>
    %16 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i64>) -> tensor<128xi64>
    %17 = stablehlo.add %15, %16 : tensor<128xi64>
    %18 = stablehlo.convert %17 : (tensor<128xi64>) -> tensor<128xf32>
    %19 = stablehlo.reshape %18 : (tensor<128xf32>) -> tensor<128x1xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x16xf32>
    %21 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<16xf32>) -> tensor<128x16xf32>
    %22 = stablehlo.multiply %20, %21 : tensor<128x16xf32>
    %23 = stablehlo.cosine %22 : tensor<128x16xf32>
    %24 = stablehlo.sine %22 : tensor<128x16xf32>
    %25 = stablehlo.reshape %17 : (tensor<128xi64>) -> tensor<128x1xi64>
    %26 = stablehlo.reshape %17 : (tensor<128xi64>) -> tensor<1x128xi64>
    %27 = stablehlo.broadcast_in_dim %25, dims = [0, 1] : (tensor<128x1xi64>) -> tensor<128x128xi64>
    %28 = stablehlo.broadcast_in_dim %26, dims = [0, 1] : (tensor<1x128xi64>) -> tensor<128x128xi64>
    %29 = stablehlo.compare GE, %27, %28, SIGNED : (tensor<128x128xi64>, tensor<128x128xi64>) -> tensor<128x128xi1>
    %30 = "stablehlo.gather"(%arg0, %arg26) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<256x128xf32>, tensor<1x128xi64>) -> tensor<1x128x128xf32>
    %31 = stablehlo.convert %30 : tensor<1x128x128xf32>
    %32 = stablehlo.multiply %31, %31 : tensor<1x128x128xf32>
    %33 = stablehlo.reduce(%32 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %34 = stablehlo.reshape %33 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %35 = stablehlo.convert %cst_4 : (tensor<1xi64>) -> tensor<1xf32>
    %36 = stablehlo.reshape %35 : (tensor<1xf32>) -> tensor<f32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<f32>) -> tensor<1x128x1xf32>
    %38 = stablehlo.divide %34, %37 : tensor<1x128x1xf32>
    %39 = stablehlo.convert %cst_6 : (tensor<1xf64>) -> tensor<1xf32>
    %40 = stablehlo.reshape %39 : (tensor<1xf32>) -> tensor<f32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [] : (tensor<f32>) -> tensor<1x128x1xf32>
    %42 = stablehlo.add %38, %41 : tensor<1x128x1xf32>
    %43 = stablehlo.rsqrt %42 : tensor<1x128x1xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %45 = stablehlo.multiply %31, %44 : tensor<1x128x128xf32>
    %46 = stablehlo.multiply %45, %45 : tensor<1x128x128xf32>
    %47 = stablehlo.reduce(%46 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %48 = stablehlo.reshape %47 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %49 = stablehlo.divide %48, %37 : tensor<1x128x1xf32>
    %50 = stablehlo.add %49, %41 : tensor<1x128x1xf32>
    %51 = stablehlo.rsqrt %50 : tensor<1x128x1xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %53 = stablehlo.multiply %45, %52 : tensor<1x128x128xf32>
    %54 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %55 = stablehlo.reshape %53 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %56 = stablehlo.dot_general %55, %54, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %57 = stablehlo.reshape %56 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %58 = stablehlo.reshape %57 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %59 = stablehlo.transpose %58, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %60 = stablehlo.slice %59 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %61 = stablehlo.slice %59 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %62 = stablehlo.broadcast_in_dim %23, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<1x4x128x16xf32>
    %63 = stablehlo.multiply %60, %62 : tensor<1x4x128x16xf32>
    %64 = stablehlo.broadcast_in_dim %24, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<1x4x128x16xf32>
    %65 = stablehlo.multiply %61, %64 : tensor<1x4x128x16xf32>
    %66 = stablehlo.add %63, %65 : tensor<1x4x128x16xf32>
    %67 = stablehlo.multiply %61, %62 : tensor<1x4x128x16xf32>
    %68 = stablehlo.multiply %60, %64 : tensor<1x4x128x16xf32>
    %69 = stablehlo.subtract %67, %68 : tensor<1x4x128x16xf32>
    %70 = stablehlo.concatenate %66, %69, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %71 = stablehlo.multiply %70, %70 : tensor<1x4x128x32xf32>
    %72 = stablehlo.reduce(%71 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %73 = stablehlo.reshape %72 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %74 = stablehlo.convert %cst_7 : (tensor<1xi64>) -> tensor<1xf32>
    %75 = stablehlo.reshape %74 : (tensor<1xf32>) -> tensor<f32>
    %76 = stablehlo.broadcast_in_dim %75, dims = [] : (tensor<f32>) -> tensor<1x4x128x1xf32>
    %77 = stablehlo.divide %73, %76 : tensor<1x4x128x1xf32>
    %78 = stablehlo.broadcast_in_dim %40, dims = [] : (tensor<f32>) -> tensor<1x4x128x1xf32>
    %79 = stablehlo.add %77, %78 : tensor<1x4x128x1xf32>
    %80 = stablehlo.rsqrt %79 : tensor<1x4x128x1xf32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %82 = stablehlo.multiply %70, %81 : tensor<1x4x128x32xf32>
    %83 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %84 = stablehlo.dot_general %55, %83, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %85 = stablehlo.reshape %84 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %86 = stablehlo.reshape %85 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %87 = stablehlo.transpose %86, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %88 = stablehlo.slice %87 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %89 = stablehlo.slice %87 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %90 = stablehlo.multiply %88, %62 : tensor<1x4x128x16xf32>
    %91 = stablehlo.multiply %89, %64 : tensor<1x4x128x16xf32>
    %92 = stablehlo.add %90, %91 : tensor<1x4x128x16xf32>
    %93 = stablehlo.multiply %89, %62 : tensor<1x4x128x16xf32>
    %94 = stablehlo.multiply %88, %64 : tensor<1x4x128x16xf32>
    %95 = stablehlo.subtract %93, %94 : tensor<1x4x128x16xf32>
    %96 = stablehlo.concatenate %92, %95, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %97 = stablehlo.multiply %96, %96 : tensor<1x4x128x32xf32>
    %98 = stablehlo.reduce(%97 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %99 = stablehlo.reshape %98 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %100 = stablehlo.divide %99, %76 : tensor<1x4x128x1xf32>
    %101 = stablehlo.add %100, %78 : tensor<1x4x128x1xf32>
    %102 = stablehlo.rsqrt %101 : tensor<1x4x128x1xf32>
    %103 = stablehlo.broadcast_in_dim %102, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %104 = stablehlo.multiply %96, %103 : tensor<1x4x128x32xf32>
    %105 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %106 = stablehlo.dot_general %55, %105, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %107 = stablehlo.reshape %106 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %108 = stablehlo.reshape %107 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %109 = stablehlo.transpose %108, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %110 = stablehlo.transpose %104, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %111 = stablehlo.reshape %82 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %112 = stablehlo.reshape %110 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %113 = stablehlo.broadcast_in_dim %112, dims = [0, 1, 2] : (tensor<4x32x128xf32>) -> tensor<4x32x128xf32>
    %114 = stablehlo.dot_general %111, %113, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %115 = stablehlo.reshape %114 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %116 = stablehlo.convert %cst_8 : (tensor<1xf64>) -> tensor<1xf32>
    %117 = stablehlo.reshape %116 : (tensor<1xf32>) -> tensor<f32>
    %118 = stablehlo.broadcast_in_dim %117, dims = [] : (tensor<f32>) -> tensor<1x4x128x128xf32>
    %119 = stablehlo.multiply %115, %118 : tensor<1x4x128x128xf32>
    %120 = stablehlo.not %29 : tensor<128x128xi1>
    %121 = stablehlo.reshape %120 : (tensor<128x128xi1>) -> tensor<1x1x128x128xi1>
    %122 = stablehlo.broadcast_in_dim %121, dims = [0, 1, 2, 3] : (tensor<1x1x128x128xi1>) -> tensor<1x4x128x128xi1>
    %123 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x4x128x128xf32>
    %124 = stablehlo.broadcast_in_dim %119, dims = [0, 1, 2, 3] : (tensor<1x4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %125 = stablehlo.select %122, %123, %124 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %126 = stablehlo.reduce(%125 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %127 = stablehlo.reshape %126 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %128 = stablehlo.broadcast_in_dim %127, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %129 = stablehlo.subtract %125, %128 : tensor<1x4x128x128xf32>
    %130 = stablehlo.exponential %129 : tensor<1x4x128x128xf32>
    %131 = stablehlo.reduce(%130 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %132 = stablehlo.reshape %131 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %133 = stablehlo.broadcast_in_dim %132, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %134 = stablehlo.divide %130, %133 : tensor<1x4x128x128xf32>
    %135 = stablehlo.reshape %134 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %136 = stablehlo.reshape %109 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %137 = stablehlo.broadcast_in_dim %136, dims = [0, 1, 2] : (tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %138 = stablehlo.dot_general %135, %137, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %139 = stablehlo.reshape %138 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %140 = stablehlo.transpose %139, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %141 = stablehlo.reshape %140 : (tensor<1x128x4x32xf32>) -> tensor<1x128x128xf32>
    %142 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %143 = stablehlo.reshape %141 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %144 = stablehlo.dot_general %143, %142, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %145 = stablehlo.reshape %144 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %146 = stablehlo.add %45, %145 : tensor<1x128x128xf32>
    %147 = stablehlo.multiply %146, %146 : tensor<1x128x128xf32>
    %148 = stablehlo.reduce(%147 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %149 = stablehlo.reshape %148 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %150 = stablehlo.divide %149, %37 : tensor<1x128x1xf32>
    %151 = stablehlo.add %150, %41 : tensor<1x128x1xf32>
    %152 = stablehlo.rsqrt %151 : tensor<1x128x1xf32>
    %153 = stablehlo.broadcast_in_dim %152, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %154 = stablehlo.multiply %146, %153 : tensor<1x128x128xf32>
    %155 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %156 = stablehlo.reshape %154 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %157 = stablehlo.dot_general %156, %155, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %158 = stablehlo.reshape %157 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %159 = stablehlo.maximum %158, %cst_2 : tensor<1x128x512xf32>
    %160 = stablehlo.multiply %159, %159 : tensor<1x128x512xf32>
    %161 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %162 = stablehlo.reshape %160 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %163 = stablehlo.dot_general %162, %161, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %164 = stablehlo.reshape %163 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %165 = stablehlo.add %146, %164 : tensor<1x128x128xf32>
    %166 = stablehlo.multiply %165, %165 : tensor<1x128x128xf32>
    %167 = stablehlo.reduce(%166 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %168 = stablehlo.reshape %167 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %169 = stablehlo.divide %168, %37 : tensor<1x128x1xf32>
    %170 = stablehlo.add %169, %41 : tensor<1x128x1xf32>
    %171 = stablehlo.rsqrt %170 : tensor<1x128x1xf32>
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %173 = stablehlo.multiply %165, %172 : tensor<1x128x128xf32>
    %174 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %175 = stablehlo.reshape %173 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %176 = stablehlo.dot_general %175, %174, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %177 = stablehlo.reshape %176 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %178 = stablehlo.reshape %177 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %179 = stablehlo.transpose %178, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %180 = stablehlo.slice %179 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %181 = stablehlo.slice %179 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %182 = stablehlo.multiply %180, %62 : tensor<1x4x128x16xf32>
    %183 = stablehlo.multiply %181, %64 : tensor<1x4x128x16xf32>
    %184 = stablehlo.add %182, %183 : tensor<1x4x128x16xf32>
    %185 = stablehlo.multiply %181, %62 : tensor<1x4x128x16xf32>
    %186 = stablehlo.multiply %180, %64 : tensor<1x4x128x16xf32>
    %187 = stablehlo.subtract %185, %186 : tensor<1x4x128x16xf32>
    %188 = stablehlo.concatenate %184, %187, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %189 = stablehlo.multiply %188, %188 : tensor<1x4x128x32xf32>
    %190 = stablehlo.reduce(%189 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %191 = stablehlo.reshape %190 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %192 = stablehlo.divide %191, %76 : tensor<1x4x128x1xf32>
    %193 = stablehlo.add %192, %78 : tensor<1x4x128x1xf32>
    %194 = stablehlo.rsqrt %193 : tensor<1x4x128x1xf32>
    %195 = stablehlo.broadcast_in_dim %194, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %196 = stablehlo.multiply %188, %195 : tensor<1x4x128x32xf32>
    %197 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %198 = stablehlo.dot_general %175, %197, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %199 = stablehlo.reshape %198 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %200 = stablehlo.reshape %199 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %201 = stablehlo.transpose %200, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %202 = stablehlo.slice %201 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %203 = stablehlo.slice %201 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %204 = stablehlo.multiply %202, %62 : tensor<1x4x128x16xf32>
    %205 = stablehlo.multiply %203, %64 : tensor<1x4x128x16xf32>
    %206 = stablehlo.add %204, %205 : tensor<1x4x128x16xf32>
    %207 = stablehlo.multiply %203, %62 : tensor<1x4x128x16xf32>
    %208 = stablehlo.multiply %202, %64 : tensor<1x4x128x16xf32>
    %209 = stablehlo.subtract %207, %208 : tensor<1x4x128x16xf32>
    %210 = stablehlo.concatenate %206, %209, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %211 = stablehlo.multiply %210, %210 : tensor<1x4x128x32xf32>
    %212 = stablehlo.reduce(%211 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %213 = stablehlo.reshape %212 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %214 = stablehlo.divide %213, %76 : tensor<1x4x128x1xf32>
    %215 = stablehlo.add %214, %78 : tensor<1x4x128x1xf32>
    %216 = stablehlo.rsqrt %215 : tensor<1x4x128x1xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %218 = stablehlo.multiply %210, %217 : tensor<1x4x128x32xf32>
    %219 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %220 = stablehlo.dot_general %175, %219, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %221 = stablehlo.reshape %220 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %222 = stablehlo.reshape %221 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %223 = stablehlo.transpose %222, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %224 = stablehlo.transpose %218, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %225 = stablehlo.reshape %196 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %226 = stablehlo.reshape %224 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2] : (tensor<4x32x128xf32>) -> tensor<4x32x128xf32>
    %228 = stablehlo.dot_general %225, %227, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %229 = stablehlo.reshape %228 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %230 = stablehlo.multiply %229, %118 : tensor<1x4x128x128xf32>
    %231 = stablehlo.broadcast_in_dim %230, dims = [0, 1, 2, 3] : (tensor<1x4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %232 = stablehlo.select %122, %123, %231 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %233 = stablehlo.reduce(%232 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %234 = stablehlo.reshape %233 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %236 = stablehlo.subtract %232, %235 : tensor<1x4x128x128xf32>
    %237 = stablehlo.exponential %236 : tensor<1x4x128x128xf32>
    %238 = stablehlo.reduce(%237 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %239 = stablehlo.reshape %238 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %240 = stablehlo.broadcast_in_dim %239, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %241 = stablehlo.divide %237, %240 : tensor<1x4x128x128xf32>
    %242 = stablehlo.reshape %241 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %243 = stablehlo.reshape %223 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [0, 1, 2] : (tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %245 = stablehlo.dot_general %242, %244, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %246 = stablehlo.reshape %245 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %247 = stablehlo.transpose %246, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<1x128x4x32xf32>) -> tensor<1x128x128xf32>
    %249 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %250 = stablehlo.reshape %248 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %251 = stablehlo.dot_general %250, %249, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %252 = stablehlo.reshape %251 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %253 = stablehlo.add %165, %252 : tensor<1x128x128xf32>
    %254 = stablehlo.multiply %253, %253 : tensor<1x128x128xf32>
    %255 = stablehlo.reduce(%254 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %256 = stablehlo.reshape %255 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %257 = stablehlo.divide %256, %37 : tensor<1x128x1xf32>
    %258 = stablehlo.add %257, %41 : tensor<1x128x1xf32>
    %259 = stablehlo.rsqrt %258 : tensor<1x128x1xf32>
    %260 = stablehlo.broadcast_in_dim %259, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %261 = stablehlo.multiply %253, %260 : tensor<1x128x128xf32>
    %262 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %263 = stablehlo.reshape %261 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %264 = stablehlo.dot_general %263, %262, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %265 = stablehlo.reshape %264 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %266 = stablehlo.maximum %265, %cst_2 : tensor<1x128x512xf32>
    %267 = stablehlo.multiply %266, %266 : tensor<1x128x512xf32>
    %268 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %269 = stablehlo.reshape %267 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %270 = stablehlo.dot_general %269, %268, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %271 = stablehlo.reshape %270 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %272 = stablehlo.add %253, %271 : tensor<1x128x128xf32>
    %273 = stablehlo.multiply %272, %272 : tensor<1x128x128xf32>
    %274 = stablehlo.reduce(%273 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %275 = stablehlo.reshape %274 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %276 = stablehlo.divide %275, %37 : tensor<1x128x1xf32>
    %277 = stablehlo.add %276, %41 : tensor<1x128x1xf32>
    %278 = stablehlo.rsqrt %277 : tensor<1x128x1xf32>
    %279 = stablehlo.broadcast_in_dim %278, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %280 = stablehlo.multiply %272, %279 : tensor<1x128x128xf32>
    %281 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %282 = stablehlo.reshape %280 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %283 = stablehlo.dot_general %282, %281, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %284 = stablehlo.reshape %283 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %285 = stablehlo.reshape %284 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %286 = stablehlo.transpose %285, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %287 = stablehlo.slice %286 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %288 = stablehlo.slice %286 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %289 = stablehlo.multiply %287, %62 : tensor<1x4x128x16xf32>
    %290 = stablehlo.multiply %288, %64 : tensor<1x4x128x16xf32>
    %291 = stablehlo.add %289, %290 : tensor<1x4x128x16xf32>
    %292 = stablehlo.multiply %288, %62 : tensor<1x4x128x16xf32>
    %293 = stablehlo.multiply %287, %64 : tensor<1x4x128x16xf32>
    %294 = stablehlo.subtract %292, %293 : tensor<1x4x128x16xf32>
    %295 = stablehlo.concatenate %291, %294, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %296 = stablehlo.multiply %295, %295 : tensor<1x4x128x32xf32>
    %297 = stablehlo.reduce(%296 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %298 = stablehlo.reshape %297 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %299 = stablehlo.divide %298, %76 : tensor<1x4x128x1xf32>
    %300 = stablehlo.add %299, %78 : tensor<1x4x128x1xf32>
    %301 = stablehlo.rsqrt %300 : tensor<1x4x128x1xf32>
    %302 = stablehlo.broadcast_in_dim %301, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %303 = stablehlo.multiply %295, %302 : tensor<1x4x128x32xf32>
    %304 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %305 = stablehlo.dot_general %282, %304, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %306 = stablehlo.reshape %305 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %307 = stablehlo.reshape %306 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %308 = stablehlo.transpose %307, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %309 = stablehlo.slice %308 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %310 = stablehlo.slice %308 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %311 = stablehlo.multiply %309, %62 : tensor<1x4x128x16xf32>
    %312 = stablehlo.multiply %310, %64 : tensor<1x4x128x16xf32>
    %313 = stablehlo.add %311, %312 : tensor<1x4x128x16xf32>
    %314 = stablehlo.multiply %310, %62 : tensor<1x4x128x16xf32>
    %315 = stablehlo.multiply %309, %64 : tensor<1x4x128x16xf32>
    %316 = stablehlo.subtract %314, %315 : tensor<1x4x128x16xf32>
    %317 = stablehlo.concatenate %313, %316, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %318 = stablehlo.multiply %317, %317 : tensor<1x4x128x32xf32>
    %319 = stablehlo.reduce(%318 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %320 = stablehlo.reshape %319 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %321 = stablehlo.divide %320, %76 : tensor<1x4x128x1xf32>
    %322 = stablehlo.add %321, %78 : tensor<1x4x128x1xf32>
    %323 = stablehlo.rsqrt %322 : tensor<1x4x128x1xf32>
    %324 = stablehlo.broadcast_in_dim %323, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %325 = stablehlo.multiply %317, %324 : tensor<1x4x128x32xf32>
    %326 = stablehlo.transpose %arg15, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %327 = stablehlo.dot_general %282, %326, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %328 = stablehlo.reshape %327 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %329 = stablehlo.reshape %328 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %330 = stablehlo.transpose %329, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %331 = stablehlo.transpose %325, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %332 = stablehlo.reshape %303 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %333 = stablehlo.reshape %331 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %334 = stablehlo.broadcast_in_dim %333, dims = [0, 1, 2] : (tensor<4x32x128xf32>) -> tensor<4x32x128xf32>
    %335 = stablehlo.dot_general %332, %334, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %336 = stablehlo.reshape %335 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %337 = stablehlo.multiply %336, %118 : tensor<1x4x128x128xf32>
    %338 = stablehlo.broadcast_in_dim %337, dims = [0, 1, 2, 3] : (tensor<1x4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %339 = stablehlo.select %122, %123, %338 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %340 = stablehlo.reduce(%339 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %341 = stablehlo.reshape %340 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %342 = stablehlo.broadcast_in_dim %341, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %343 = stablehlo.subtract %339, %342 : tensor<1x4x128x128xf32>
    %344 = stablehlo.exponential %343 : tensor<1x4x128x128xf32>
    %345 = stablehlo.reduce(%344 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %346 = stablehlo.reshape %345 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %348 = stablehlo.divide %344, %347 : tensor<1x4x128x128xf32>
    %349 = stablehlo.reshape %348 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %350 = stablehlo.reshape %330 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %351 = stablehlo.broadcast_in_dim %350, dims = [0, 1, 2] : (tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %352 = stablehlo.dot_general %349, %351, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %353 = stablehlo.reshape %352 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %354 = stablehlo.transpose %353, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %355 = stablehlo.reshape %354 : (tensor<1x128x4x32xf32>) -> tensor<1x128x128xf32>
    %356 = stablehlo.transpose %arg16, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %357 = stablehlo.reshape %355 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %358 = stablehlo.dot_general %357, %356, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %359 = stablehlo.reshape %358 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %360 = stablehlo.add %272, %359 : tensor<1x128x128xf32>
    %361 = stablehlo.multiply %360, %360 : tensor<1x128x128xf32>
    %362 = stablehlo.reduce(%361 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %363 = stablehlo.reshape %362 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %364 = stablehlo.divide %363, %37 : tensor<1x128x1xf32>
    %365 = stablehlo.add %364, %41 : tensor<1x128x1xf32>
    %366 = stablehlo.rsqrt %365 : tensor<1x128x1xf32>
    %367 = stablehlo.broadcast_in_dim %366, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %368 = stablehlo.multiply %360, %367 : tensor<1x128x128xf32>
    %369 = stablehlo.transpose %arg17, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %370 = stablehlo.reshape %368 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %371 = stablehlo.dot_general %370, %369, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %372 = stablehlo.reshape %371 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %373 = stablehlo.maximum %372, %cst_2 : tensor<1x128x512xf32>
    %374 = stablehlo.multiply %373, %373 : tensor<1x128x512xf32>
    %375 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %376 = stablehlo.reshape %374 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %377 = stablehlo.dot_general %376, %375, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %378 = stablehlo.reshape %377 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %379 = stablehlo.add %360, %378 : tensor<1x128x128xf32>
    %380 = stablehlo.multiply %379, %379 : tensor<1x128x128xf32>
    %381 = stablehlo.reduce(%380 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %382 = stablehlo.reshape %381 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %383 = stablehlo.divide %382, %37 : tensor<1x128x1xf32>
    %384 = stablehlo.add %383, %41 : tensor<1x128x1xf32>
    %385 = stablehlo.rsqrt %384 : tensor<1x128x1xf32>
    %386 = stablehlo.broadcast_in_dim %385, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %387 = stablehlo.multiply %379, %386 : tensor<1x128x128xf32>
    %388 = stablehlo.transpose %arg19, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %389 = stablehlo.reshape %387 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %390 = stablehlo.dot_general %389, %388, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %391 = stablehlo.reshape %390 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %392 = stablehlo.reshape %391 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %393 = stablehlo.transpose %392, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %394 = stablehlo.slice %393 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %395 = stablehlo.slice %393 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %396 = stablehlo.multiply %394, %62 : tensor<1x4x128x16xf32>
    %397 = stablehlo.multiply %395, %64 : tensor<1x4x128x16xf32>
    %398 = stablehlo.add %396, %397 : tensor<1x4x128x16xf32>
    %399 = stablehlo.multiply %395, %62 : tensor<1x4x128x16xf32>
    %400 = stablehlo.multiply %394, %64 : tensor<1x4x128x16xf32>
    %401 = stablehlo.subtract %399, %400 : tensor<1x4x128x16xf32>
    %402 = stablehlo.concatenate %398, %401, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %403 = stablehlo.multiply %402, %402 : tensor<1x4x128x32xf32>
    %404 = stablehlo.reduce(%403 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %405 = stablehlo.reshape %404 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %406 = stablehlo.divide %405, %76 : tensor<1x4x128x1xf32>
    %407 = stablehlo.add %406, %78 : tensor<1x4x128x1xf32>
    %408 = stablehlo.rsqrt %407 : tensor<1x4x128x1xf32>
    %409 = stablehlo.broadcast_in_dim %408, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %410 = stablehlo.multiply %402, %409 : tensor<1x4x128x32xf32>
    %411 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %412 = stablehlo.dot_general %389, %411, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %413 = stablehlo.reshape %412 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %414 = stablehlo.reshape %413 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %415 = stablehlo.transpose %414, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %416 = stablehlo.slice %415 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %417 = stablehlo.slice %415 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %418 = stablehlo.multiply %416, %62 : tensor<1x4x128x16xf32>
    %419 = stablehlo.multiply %417, %64 : tensor<1x4x128x16xf32>
    %420 = stablehlo.add %418, %419 : tensor<1x4x128x16xf32>
    %421 = stablehlo.multiply %417, %62 : tensor<1x4x128x16xf32>
    %422 = stablehlo.multiply %416, %64 : tensor<1x4x128x16xf32>
    %423 = stablehlo.subtract %421, %422 : tensor<1x4x128x16xf32>
    %424 = stablehlo.concatenate %420, %423, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %425 = stablehlo.multiply %424, %424 : tensor<1x4x128x32xf32>
    %426 = stablehlo.reduce(%425 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %427 = stablehlo.reshape %426 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %428 = stablehlo.divide %427, %76 : tensor<1x4x128x1xf32>
    %429 = stablehlo.add %428, %78 : tensor<1x4x128x1xf32>
    %430 = stablehlo.rsqrt %429 : tensor<1x4x128x1xf32>
    %431 = stablehlo.broadcast_in_dim %430, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %432 = stablehlo.multiply %424, %431 : tensor<1x4x128x32xf32>
    %433 = stablehlo.transpose %arg21, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %434 = stablehlo.dot_general %389, %433, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %435 = stablehlo.reshape %434 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %436 = stablehlo.reshape %435 : (tensor<1x128x128xf32>) -> tensor<1x128x4x32xf32>
    %437 = stablehlo.transpose %436, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %438 = stablehlo.transpose %432, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %439 = stablehlo.reshape %410 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %440 = stablehlo.reshape %438 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %441 = stablehlo.broadcast_in_dim %440, dims = [0, 1, 2] : (tensor<4x32x128xf32>) -> tensor<4x32x128xf32>
    %442 = stablehlo.dot_general %439, %441, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %443 = stablehlo.reshape %442 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %444 = stablehlo.multiply %443, %118 : tensor<1x4x128x128xf32>
    %445 = stablehlo.broadcast_in_dim %444, dims = [0, 1, 2, 3] : (tensor<1x4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %446 = stablehlo.select %122, %123, %445 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %447 = stablehlo.reduce(%446 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %448 = stablehlo.reshape %447 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %449 = stablehlo.broadcast_in_dim %448, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %450 = stablehlo.subtract %446, %449 : tensor<1x4x128x128xf32>
    %451 = stablehlo.exponential %450 : tensor<1x4x128x128xf32>
    %452 = stablehlo.reduce(%451 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %453 = stablehlo.reshape %452 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %454 = stablehlo.broadcast_in_dim %453, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x128xf32>
    %455 = stablehlo.divide %451, %454 : tensor<1x4x128x128xf32>
    %456 = stablehlo.reshape %455 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %457 = stablehlo.reshape %437 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %458 = stablehlo.broadcast_in_dim %457, dims = [0, 1, 2] : (tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %459 = stablehlo.dot_general %456, %458, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %460 = stablehlo.reshape %459 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %461 = stablehlo.transpose %460, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %462 = stablehlo.reshape %461 : (tensor<1x128x4x32xf32>) -> tensor<1x128x128xf32>
    %463 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %464 = stablehlo.reshape %462 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %465 = stablehlo.dot_general %464, %463, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %466 = stablehlo.reshape %465 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %467 = stablehlo.add %379, %466 : tensor<1x128x128xf32>
    %468 = stablehlo.multiply %467, %467 : tensor<1x128x128xf32>
    %469 = stablehlo.reduce(%468 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %470 = stablehlo.reshape %469 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %471 = stablehlo.divide %470, %37 : tensor<1x128x1xf32>
    %472 = stablehlo.add %471, %41 : tensor<1x128x1xf32>
    %473 = stablehlo.rsqrt %472 : tensor<1x128x1xf32>
    %474 = stablehlo.broadcast_in_dim %473, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %475 = stablehlo.multiply %467, %474 : tensor<1x128x128xf32>
    %476 = stablehlo.transpose %arg23, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %477 = stablehlo.reshape %475 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %478 = stablehlo.dot_general %477, %476, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %479 = stablehlo.reshape %478 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %480 = stablehlo.maximum %479, %cst_2 : tensor<1x128x512xf32>
    %481 = stablehlo.multiply %480, %480 : tensor<1x128x512xf32>
    %482 = stablehlo.transpose %arg24, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %483 = stablehlo.reshape %481 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %484 = stablehlo.dot_general %483, %482, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %485 = stablehlo.reshape %484 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %486 = stablehlo.add %467, %485 : tensor<1x128x128xf32>
    %487 = stablehlo.multiply %486, %486 : tensor<1x128x128xf32>
    %488 = stablehlo.reduce(%487 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %489 = stablehlo.reshape %488 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %490 = stablehlo.divide %489, %37 : tensor<1x128x1xf32>
    %491 = stablehlo.add %490, %41 : tensor<1x128x1xf32>
    %492 = stablehlo.rsqrt %491 : tensor<1x128x1xf32>
    %493 = stablehlo.broadcast_in_dim %492, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %494 = stablehlo.multiply %486, %493 : tensor<1x128x128xf32>
    %495 = stablehlo.transpose %arg25, dims = [1, 0] : (tensor<256x128xf32>) -> tensor<128x256xf32>
    %496 = stablehlo.reshape %494 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %497 = stablehlo.dot_general %496, %495, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x256xf32>) -> tensor<128x256xf32>
    %498 = stablehlo.reshape %497 : (tensor<128x256xf32>) -> tensor<1x128x256xf32>
    %499 = stablehlo.convert %cst_9 : (tensor<1xf64>) -> tensor<1xf32>
    %500 = stablehlo.reshape %499 : (tensor<1xf32>) -> tensor<f32>
    %501 = stablehlo.broadcast_in_dim %500, dims = [] : (tensor<f32>) -> tensor<1x128x256xf32>
    %502 = stablehlo.divide %498, %501 : tensor<1x128x256xf32>
    %503 = stablehlo.tanh %502 : tensor<1x128x256xf32>
    %504 = stablehlo.multiply %503, %501 : tensor<1x128x256xf32>
    return %504 : tensor<1x128x256xf32>
  }
}
